/** Whether logs are still what was sealed: says of each row that is not, what happened to it (INV-13). */
import { digest, signatureHolds } from '../call/crypto.js';
import type { Keyring } from '../call/keyring.js';
import { rootOf } from './merkle.rules.js';
import { alterationsOf, textOfSeal, type Alteration, type Leaf } from './seal.rules.js';
import { leavesOf, type Run, type SealedLog } from './sealed-log.js';
import { sealAfter, type StoredSeal } from './stored-seals.js';

/** What is wrong with a seal itself: nothing can be said of its rows one by one. */
export type SealFault = 'SEAL_ALTERED' | 'SEAL_MISSING' | 'SEAL_UNKNOWN_KEY' | 'ANCHOR_BROKEN';

export interface Finding {
  readonly log: string;
  /** Number of the seal. */
  readonly seal: string;
  readonly what: Alteration | SealFault;
  /** The row, where it is one. */
  readonly id?: string;
}

/** The state of a log, to be kept where nobody of the office can change it. */
export interface Anchor {
  readonly office: string;
  readonly log: string;
  /** Number of its newest seal. */
  readonly seal: string;
  /** Digest of that seal: it is over all before. */
  readonly digest: string;
}

export interface Verified {
  readonly log: string;
  readonly seals: number;
  readonly rows: number;
  /** Rows after the newest seal: nothing can be said of them. */
  readonly unsealed: number;
  readonly findings: readonly Finding[];
  /** Undefined of a log that was never sealed. */
  readonly anchor?: Anchor;
}

export interface Verifier {
  readonly run: Run;
  readonly keyring: Pick<Keyring, 'party' | 'publicKey'>;
  /** What was kept of earlier times. */
  readonly anchors: readonly Anchor[];
}

const BEGINNING = '0';

/** Whether a seal follows the one before and is the office's own. */
function faultOf(
  { keyring }: Verifier,
  seal: StoredSeal,
  before: { readonly number: string; readonly lastId: string; readonly digest: string },
): SealFault | undefined {
  const follows =
    BigInt(seal.number) === BigInt(before.number) + 1n &&
    seal.afterId === before.lastId &&
    seal.previous === before.digest;
  if (!follows) return 'SEAL_MISSING';
  const key = keyring.publicKey(keyring.party, seal.keyId);
  if (!key) return 'SEAL_UNKNOWN_KEY';
  const isWhole = seal.lastId === seal.ids.at(-1) && rootOf(seal.leaves) === seal.root;
  const isOwn = signatureHolds(key, textOfSeal(keyring.party, seal), seal.signature);
  return isWhole && isOwn ? undefined : 'SEAL_ALTERED';
}

const sealedLeaves = ({ ids, leaves }: StoredSeal): Leaf[] =>
  ids.map((id, i) => ({ id, leaf: leaves[i] ?? Buffer.alloc(0) }));

/** Verify one log from its first seal to its newest row. */
export async function verifyLog(verifier: Verifier, log: SealedLog): Promise<Verified> {
  const { run, keyring, anchors } = verifier;
  const { table } = log;
  const findings: Finding[] = [];
  const digests = new Map<string, string>();
  let before = { number: BEGINNING, lastId: BEGINNING, digest: '' };
  let rows = 0;
  for (;;) {
    const seal = await sealAfter(run, table, before.number);
    if (!seal) break;
    const found = (what: Finding['what'], id?: string) =>
      findings.push({ log: table, seal: seal.number, what, ...(id !== undefined && { id }) });
    const fault = faultOf(verifier, seal, before);
    if (fault) found(fault);
    const now = await leavesOf(run, log, { after: seal.afterId, last: seal.lastId });
    if (!fault || fault === 'SEAL_MISSING')
      for (const { id, alteration } of alterationsOf(sealedLeaves(seal), now))
        found(alteration, id);
    rows += seal.ids.length;
    before = {
      number: seal.number,
      lastId: seal.lastId,
      digest: digest(textOfSeal(keyring.party, seal)),
    };
    digests.set(seal.number, before.digest);
  }
  for (const anchor of anchors)
    if (anchor.office === keyring.party && anchor.log === table)
      if (digests.get(anchor.seal) !== anchor.digest)
        findings.push({ log: table, seal: anchor.seal, what: 'ANCHOR_BROKEN' });
  const [tail] = await run<{ count: number }>(
    `select count(*)::int as count from ${table} where ${log.id} > ?::bigint`,
    [before.lastId],
  );
  const { number, digest: newest } = before;
  return {
    log: table,
    seals: digests.size,
    rows,
    unsealed: tail?.count ?? 0,
    findings,
    ...(digests.size > 0 && {
      anchor: { office: keyring.party, log: table, seal: number, digest: newest },
    }),
  };
}
