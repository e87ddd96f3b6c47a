// Reads cases as JSON from standard input and answers, for each, whether @sigstore/verify accepts it.
// Its note and Merkle modules are used as they are; nothing of ours takes part.
"use strict";
const crypto = require("node:crypto");
const path = require("node:path");
const tlog = path.join(process.argv[2], "node_modules", "@sigstore", "verify", "dist", "tlog");
const { verifyCheckpoint } = require(path.join(tlog, "checkpoint.js"));
const { verifyMerkleInclusion } = require(path.join(tlog, "merkle.js"));
const SPKI = Buffer.from("302a300506032b6570032100", "hex"); // RFC 8410: what precedes 32 bytes of an Ed25519 key

function accepted(each) {
  const [name, id] = each.vkey.split("+", 2);
  const blob = Buffer.from(each.vkey.slice(name.length + id.length + 2), "base64");
  const key = crypto.createPublicKey({ key: Buffer.concat([SPKI, blob.subarray(1)]), format: "der", type: "spki" });
  const log = { logID: Buffer.from(id, "hex"), baseURL: name, publicKey: key };
  const entry = {
    canonicalizedBody: Buffer.from(each.entry, "base64"),
    inclusionProof: {
      checkpoint: { envelope: each.checkpoint },
      logIndex: String(each.index),
      hashes: each.hashes.map((hash) => Buffer.from(hash, "base64")),
    },
  };
  try {
    verifyMerkleInclusion(entry, verifyCheckpoint(entry, [log]));
    return true;
  } catch (error) {
    if (error.code !== "TLOG_INCLUSION_PROOF_ERROR") throw error;
    return false;
  }
}

const cases = JSON.parse(require("node:fs").readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(cases.map(accepted)));
