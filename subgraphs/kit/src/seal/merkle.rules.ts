/** The Merkle tree of RFC 6962 (§2.1): a leaf is never taken for a node, nor a node for a leaf. */
import { digestBytes } from '../call/crypto.js';

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);
/** Bytes of a digest. */
export const DIGEST_BYTES = 32;

/** Digest of one row. */
export const leafOf = (row: string): Buffer => digestBytes(LEAF, Buffer.from(row));

/** Digest of all leaves, base64url. */
export function rootOf(leaves: readonly Buffer[]): string {
  const treeOf = (from: number, to: number): Buffer => {
    const count = to - from;
    const [only] = count === 1 ? leaves.slice(from, to) : [];
    if (only) return only;
    if (count === 0) return digestBytes();
    let left = 1;
    while (left * 2 < count) left *= 2;
    return digestBytes(NODE, treeOf(from, from + left), treeOf(from + left, to));
  };
  return treeOf(0, leaves.length).toString('base64url');
}
