"""The tree: roots, proofs, and proofs that show nothing."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ledger.trail.merkle import (
    EMPTY_ROOT,
    ProofInvalid,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_at,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from tests.unit.trail.trails import complete, expected_root, leaf, tree

VECTORS = Path(__file__).resolve().parents[4] / "shared" / "vectors" / "rfc6962-proofs.json"
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
SIZES = st.integers(1, 200)
HASHES = st.binary(min_size=32, max_size=32)

Mutation = Callable[[list[bytes]], list[bytes]]


def vectors(kind: str) -> list[Any]:
    """The published vectors of one kind; none where the folder of shared material is not there."""
    if not VECTORS.is_file():
        return []
    return [pytest.param(each, id=each["name"]) for each in json.loads(VECTORS.read_text())[kind]]


def unpacked(encoded: list[str] | None) -> list[bytes]:
    return [base64.b64decode(each) for each in encoded or []]


@st.composite
def mutations(draw: st.DrawFn) -> Mutation:
    """One change to a list of hashes."""
    place = draw(st.integers(0, 20))
    other = draw(HASHES)
    bit = draw(st.integers(0, 255))

    def flipped(each: bytes) -> bytes:
        return (int.from_bytes(each, "big") ^ (1 << bit)).to_bytes(32, "big")

    def mutate(proof: list[bytes]) -> list[bytes]:
        at = place % (len(proof) + 1)
        return [
            [*proof[:at], other, *proof[at:]],
            [*proof[:at], *proof[at + 1 :]],
            [*proof[:at], *map(flipped, proof[at : at + 1]), *proof[at + 1 :]],
            [*proof[:at], *(each[:31] for each in proof[at : at + 1]), *proof[at + 1 :]],
            [*proof[:at], *(each + b"\x00" for each in proof[at : at + 1]), *proof[at + 1 :]],
            [*proof[:at], *proof[at:][::-1]],
            [*proof, *proof[-1:]],
        ][kind]

    kind = draw(st.integers(0, 6))
    return mutate


@pytest.mark.parametrize("size", range(9))
def test_the_root_of_the_first_leaves_is_the_published_one(size: int) -> None:
    """Nine roots that other implementations print as well."""
    hashes = [leaf_hash(bytes.fromhex(each)) for each in INPUTS[:size]]
    assert root_of(hashes).hex() == ROOTS[size]
    assert (
        root_at(size, lambda level, index: root_of(hashes[index << level : (index + 1) << level])).hex() == ROOTS[size]
    )


def test_an_empty_tree_has_the_hash_of_nothing() -> None:
    """RFC 9162 section 2.1.1."""
    assert root_of([]) == root_at(0, complete) == EMPTY_ROOT == hashlib.sha256(b"").digest()


@pytest.mark.skipif(not VECTORS.is_file(), reason="the published vectors are not beside this repository")
def test_all_published_vectors_are_there() -> None:
    """A file that lost some would pass quietly."""
    assert len(vectors("inclusion")) + len(vectors("consistency")) == 196


@pytest.mark.parametrize("vector", vectors("inclusion"))
def test_an_inclusion_proof_is_judged_as_published(vector: dict[str, Any]) -> None:
    """The vectors of the transparency-dev project."""
    proof = unpacked(vector["proof"])
    leaf_digest, root = base64.b64decode(vector["leafHash"]), base64.b64decode(vector["root"])
    if vector["wantErr"]:
        with pytest.raises(ProofInvalid):
            verify_inclusion(leaf_digest, vector["leafIdx"], vector["treeSize"], proof, root)
    else:
        verify_inclusion(leaf_digest, vector["leafIdx"], vector["treeSize"], proof, root)


@pytest.mark.parametrize("vector", vectors("consistency"))
def test_a_consistency_proof_is_judged_as_published(vector: dict[str, Any]) -> None:
    """The vectors of the transparency-dev project."""
    proof = unpacked(vector["proof"])
    roots = base64.b64decode(vector["root1"]), base64.b64decode(vector["root2"])
    if vector["wantErr"]:
        with pytest.raises(ProofInvalid):
            verify_consistency(vector["size1"], vector["size2"], *roots, proof)
    else:
        verify_consistency(vector["size1"], vector["size2"], *roots, proof)


def path(index: int, first: int, last: int) -> list[bytes]:
    """PATH of RFC 9162 section 2.1.3.1, word for word."""
    if last - first == 1:
        return []
    middle = first + (1 << ((last - first - 1).bit_length() - 1))
    if index < middle:
        return [*path(index, first, middle), tree(middle, last)]
    return [*path(index, middle, last), tree(first, middle)]


def subproof(size: int, first: int, last: int, known: bool) -> list[bytes]:
    """SUBPROOF of RFC 9162 section 2.1.4.1, word for word."""
    if size == last:
        return [] if known else [tree(first, last)]
    middle = first + (1 << ((last - first - 1).bit_length() - 1))
    if size <= middle:
        return [*subproof(size, first, middle, known), tree(middle, last)]
    return [*subproof(size, middle, last, False), tree(first, middle)]


@pytest.mark.parametrize("size", [*range(1, 34), 63, 64, 65, 127, 128, 129, 199, 200])
def test_every_proof_of_a_tree_is_the_one_of_the_definition_and_verifies(size: int) -> None:
    """The iterative verifier and the recursive definition agree on every leaf and every earlier size."""
    root = root_at(size, complete)
    assert root == expected_root(size)
    for index in range(size):
        proof = inclusion_proof(index, size, complete)
        assert proof == path(index, 0, size)
        verify_inclusion(leaf(index), index, size, proof, root)
    for first in range(1, size + 1):
        proof = consistency_proof(first, size, complete)
        assert proof == subproof(first, 0, size, True)
        verify_consistency(first, size, expected_root(first), root, proof)


@settings(deadline=None)
@given(size=SIZES, data=st.data())
def test_any_inclusion_proof_verifies(size: int, data: st.DataObject) -> None:
    """Any leaf of any size up to 200."""
    index = data.draw(st.integers(0, size - 1))
    verify_inclusion(leaf(index), index, size, inclusion_proof(index, size, complete), expected_root(size))


@settings(deadline=None)
@given(second=SIZES, data=st.data())
def test_any_consistency_proof_verifies(second: int, data: st.DataObject) -> None:
    """Any two sizes up to 200."""
    first = data.draw(st.integers(1, second))
    proof = consistency_proof(first, second, complete)
    verify_consistency(first, second, expected_root(first), expected_root(second), proof)


@settings(deadline=None)
@given(size=SIZES, mutate=mutations(), data=st.data())
def test_attack_an_inclusion_proof_was_changed(size: int, mutate: Mutation, data: st.DataObject) -> None:
    """One hash added, lost, flipped, cut, lengthened, moved or repeated: nothing is shown any more."""
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, size, complete)
    mutated = mutate(proof)
    assume(mutated != proof)
    with pytest.raises(ProofInvalid):
        verify_inclusion(leaf(index), index, size, mutated, expected_root(size))


@settings(deadline=None)
@given(second=SIZES, mutate=mutations(), data=st.data())
def test_attack_a_consistency_proof_was_changed(second: int, mutate: Mutation, data: st.DataObject) -> None:
    """One hash added, lost, flipped, cut, lengthened, moved or repeated: nothing is shown any more."""
    first = data.draw(st.integers(1, second))
    proof = consistency_proof(first, second, complete)
    mutated = mutate(proof)
    assume(mutated != proof)
    with pytest.raises(ProofInvalid):
        verify_consistency(first, second, expected_root(first), expected_root(second), mutated)


@settings(deadline=None)
@given(size=SIZES, data=st.data())
def test_attack_a_proof_is_shown_for_another_leaf_place_or_root(size: int, data: st.DataObject) -> None:
    """A true proof shows one leaf at one place under one root."""
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, 220).filter(lambda each: each != index))
    proof = inclusion_proof(index, size, complete)
    root = expected_root(size)
    with pytest.raises(ProofInvalid):
        verify_inclusion(leaf(other), index, size, proof, root)
    with pytest.raises(ProofInvalid):
        verify_inclusion(leaf(index), other, size, proof, root)
    with pytest.raises(ProofInvalid):
        verify_inclusion(leaf(index), index, size, proof, expected_root(size + 1))


@settings(deadline=None)
@given(second=st.integers(2, 200), data=st.data())
def test_attack_a_trail_was_rewritten_between_two_checkpoints(second: int, data: st.DataObject) -> None:
    """No proof joins an old root to a tree whose early leaf is another."""
    first = data.draw(st.integers(1, second - 1))
    changed = data.draw(st.integers(0, first - 1))
    leaves = [leaf(position) for position in range(second)]
    leaves[changed] = leaf_hash(b"rewritten")

    def rewritten(level: int, index: int) -> bytes:
        return root_of(leaves[index << level : (index + 1) << level])

    proof = consistency_proof(first, second, rewritten)
    with pytest.raises(ProofInvalid):
        verify_consistency(first, second, expected_root(first), root_of(leaves), proof)


@given(
    numbers=st.tuples(st.integers(-3, 300), st.integers(-3, 300)),
    hashes=st.tuples(st.binary(max_size=40), st.binary(max_size=40)),
    proof=st.lists(st.binary(min_size=31, max_size=33), max_size=10),
)
@settings(deadline=None)
def test_attack_any_bytes_are_shown_as_a_proof(
    numbers: tuple[int, int], hashes: tuple[bytes, bytes], proof: list[bytes]
) -> None:
    """Both verifiers are total: garbage is refused by its name, whatever it looks like."""
    assume(hashes[0] != hashes[1])
    with pytest.raises(ProofInvalid):
        verify_inclusion(hashes[0], *numbers, proof, hashes[1])
    with pytest.raises(ProofInvalid):
        verify_consistency(*numbers, *hashes, proof)


def test_attack_the_place_is_the_size() -> None:
    """The leaf behind the last one is no leaf."""
    with pytest.raises(ProofInvalid, match="no leaf 4"):
        verify_inclusion(leaf(4), 4, 4, inclusion_proof(3, 4, complete), expected_root(4))


@pytest.mark.parametrize("claimed", [5, 6, 7, 8, 16, 2**40])
def test_attack_a_root_is_shown_for_a_greater_size_than_its_own(claimed: int) -> None:
    """Every hash is right, and leads to the root of four leaves: it ends below the one that the size has."""
    for index in range(4):
        with pytest.raises(ProofInvalid, match="ends below the root"):
            verify_inclusion(leaf(index), index, claimed, inclusion_proof(index, 4, complete), expected_root(4))
    for first in (1, 2, 3):
        proof = consistency_proof(first, 4, complete)
        with pytest.raises(ProofInvalid, match="ends below the root"):
            verify_consistency(first, claimed, expected_root(first), expected_root(4), proof)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8])
def test_attack_a_tree_is_built_on_above_its_root(size: int) -> None:
    """The signer makes roots of greater trees, and proofs that fit them: every hash is right, and there is one more."""
    above = leaf_hash(b"above")
    for index in range(size):
        proof = [*inclusion_proof(index, size, complete), above]
        with pytest.raises(ProofInvalid, match="goes on above the root"):
            verify_inclusion(leaf(index), index, size, proof, node_hash(above, expected_root(size)))
    for first in range(1, size):
        proof = [*consistency_proof(first, size, complete), above]
        roots = [node_hash(above, expected_root(each)) for each in (first, size)]
        with pytest.raises(ProofInvalid, match="goes on above the root"):
            verify_consistency(first, size, roots[0], roots[1], proof)


def test_attack_consistency_is_shown_from_nothing() -> None:
    """Every trail begins with the empty one: a proof from size 0 would show nothing, and is an error."""
    with pytest.raises(ProofInvalid, match="shows nothing"):
        verify_consistency(0, 8, EMPTY_ROOT, expected_root(8), [])


def test_attack_a_trail_shrinks() -> None:
    """The longer trail is not the beginning of the shorter one."""
    with pytest.raises(ProofInvalid):
        verify_consistency(8, 4, expected_root(8), expected_root(4), consistency_proof(4, 8, complete))


def test_attack_two_roots_of_one_size_need_no_proof() -> None:
    """Between equal sizes only the same root is consistent."""
    with pytest.raises(ProofInvalid, match="two roots"):
        verify_consistency(4, 4, expected_root(4), expected_root(5), [])


@pytest.mark.parametrize("first", [3, 4])
def test_attack_an_empty_proof_joins_two_sizes(first: int) -> None:
    """At a power of two the first root begins the path, and alone it would lead to itself."""
    with pytest.raises(ProofInvalid, match="empty"):
        verify_consistency(first, 8, expected_root(first), expected_root(first), [])


def test_attack_a_node_is_shown_as_an_entry() -> None:
    """Two hashes that are handed in as an entry do not hash to the node above them: the prefixes differ."""
    assert leaf_hash(leaf(0) + leaf(1)) != node_hash(leaf(0), leaf(1)) == expected_root(2)


def test_proofs_that_cannot_be_are_not_made() -> None:
    """Asking for them is the caller's mistake, not a proof that fails later."""
    for index, size in [(4, 4), (5, 4), (2**40, 4), (-1, 4), (0, 0)]:
        with pytest.raises(ValueError, match="no leaf"):
            inclusion_proof(index, size, complete)
    for first, second in [(0, 4), (5, 4), (-1, 4)]:
        with pytest.raises(ValueError, match="no consistency"):
            consistency_proof(first, second, complete)
