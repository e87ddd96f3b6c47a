"""The Merkle tree of RFC 9162 section 2.1 with SHA-256: roots and proofs over hashes, without any reading or writing.

A tree of n > 1 leaves splits at the largest power of two below n; an odd node rises as it is, it is never doubled.
Proofs are made from complete subtrees alone, so they can be read from tiles. Verifying is iterative and total: whatever
bytes are handed in, the answer is None or ProofInvalid.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Final

from ledger.errors import Invalid

HASH_LENGTH: Final = 32
EMPTY_ROOT: Final = hashlib.sha256().digest()

HashAt = Callable[[int, int], bytes]
"""The root of the complete subtree (level, index): of the leaves index * 2^level .. (index + 1) * 2^level - 1."""


class ProofInvalid(Invalid):
    """A proof does not show what it is said to show."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry; its prefix keeps a leaf from ever passing for a node."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; pairing neighbours level by level is the same tree as splitting from the top."""
    row = list(leaf_hashes)
    while len(row) > 1:
        pairs = zip(row[::2], row[1::2], strict=False)
        row = [node_hash(left, right) for left, right in pairs] + row[len(row) // 2 * 2 :]
    return row[0] if row else EMPTY_ROOT


def root_at(size: int, hash_at: HashAt) -> bytes:
    """The root of the first `size` leaves."""
    return _root_between(0, size, hash_at) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, hash_at: HashAt) -> list[bytes]:
    """The hashes that lead from the leaf `index` to the root of `size` leaves, from the leaf upward."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    proof = []
    first, last = 0, size
    while last - first > 1:
        middle = first + _left_size(last - first)
        if index < middle:
            proof.append(_root_between(middle, last, hash_at))
            last = middle
        else:
            proof.append(_root_between(first, middle, hash_at))
            first = middle
    return proof[::-1]


def consistency_proof(first: int, second: int, hash_at: HashAt) -> list[bytes]:
    """The hashes that show the tree of `first` leaves to be the beginning of the tree of `second` leaves."""
    if not 0 < first <= second:
        raise ValueError(f"a tree of {second} leaves has no consistency proof from {first}")
    proof = []
    start, end = 0, second
    while end != first:
        middle = start + _left_size(end - start)
        if first <= middle:
            proof.append(_root_between(middle, end, hash_at))
            end = middle
        else:
            proof.append(_root_between(start, middle, hash_at))
            start = middle
    if start:  # At 0 this hash is the first root itself, which the verifier holds.
        proof.append(_root_between(start, end, hash_at))
    return proof[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check that the leaf hash stands at `index` in the tree of `size` leaves (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        raise ProofInvalid("index", f"a tree of {size} leaves has no leaf {index}")
    _require_hashes([leaf, *proof])
    position, last = index, size - 1
    computed = leaf
    for each in proof:
        if last == 0:
            raise ProofInvalid("proof", "it goes on above the root")
        if position & 1 or position == last:
            computed = node_hash(each, computed)
            position, last = _skip_risen(position, last)
        else:
            computed = node_hash(computed, each)
        position, last = position >> 1, last >> 1
    if last != 0:
        raise ProofInvalid("proof", "it ends below the root")
    if computed != root:
        raise ProofInvalid("proof", "it leads to another root")


def verify_consistency(first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> None:
    """Check that the first tree is the beginning of the second (RFC 9162 section 2.1.4.2).

    From an empty tree nothing can be shown: a size of 0 is an error here. Only a witness accepts it, at first sight.
    """
    if not 0 < first <= second:
        raise ProofInvalid(
            "first", f"a tree of {first} leaves is not the beginning of one of {second}, or shows nothing"
        )
    if first == second:
        if proof:
            raise ProofInvalid("proof", "between equal sizes there is nothing to prove")
        if first_root != second_root:
            raise ProofInvalid("root", "two trees of the same size have two roots")
        return
    _require_hashes([first_root, second_root, *proof])
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    if not proof:
        raise ProofInvalid("proof", "it is empty, but the sizes differ")
    position, last = first - 1, second - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = path[0]
    for each in path[1:]:
        if last == 0:
            raise ProofInvalid("proof", "it goes on above the root")
        if position & 1 or position == last:
            old, new = node_hash(each, old), node_hash(each, new)
            position, last = _skip_risen(position, last)
        else:
            new = node_hash(new, each)
        position, last = position >> 1, last >> 1
    if last != 0:
        raise ProofInvalid("proof", "it ends below the root")
    if old != first_root:
        raise ProofInvalid("proof", "it leads to another first root")
    if new != second_root:
        raise ProofInvalid("proof", "it leads to another second root")


def _left_size(size: int) -> int:
    """The largest power of two below a size of at least 2."""
    return 1 << ((size - 1).bit_length() - 1)


def _root_between(first: int, last: int, hash_at: HashAt) -> bytes:
    """The root of the leaves first .. last - 1, where `first` is where a subtree of that many leaves may begin."""
    size = last - first
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return hash_at(level, first >> level)
    middle = first + _left_size(size)
    return node_hash(_root_between(first, middle, hash_at), _root_between(middle, last, hash_at))


def _skip_risen(position: int, last: int) -> tuple[int, int]:
    """Climb the levels at which the last node has no neighbour and rises as it is."""
    while position and not position & 1:
        position, last = position >> 1, last >> 1
    return position, last


def _require_hashes(hashes: Sequence[bytes]) -> None:
    for each in hashes:
        if len(each) != HASH_LENGTH:
            raise ProofInvalid("proof", f"a hash of {len(each)} bytes is none: SHA-256 has {HASH_LENGTH}")
