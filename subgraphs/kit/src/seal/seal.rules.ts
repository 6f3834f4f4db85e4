/** What a seal says, and what is wrong with a row that it no longer fits. Source: INV-13, G19.2. */
import { digest } from '../call/crypto.js';
import { rootOf } from './merkle.rules.js';

/** Rows of a log from one number to another, sealed. */
export interface Seal {
  /** `operation_log` */
  readonly log: string;
  /** 1, 2, …; without a gap. */
  readonly number: string;
  readonly afterId: string;
  readonly lastId: string;
  /** Numbers of the rows, ascending. */
  readonly ids: readonly string[];
  readonly root: string;
  /** Digest of the seal before; '' of none. */
  readonly previous: string;
  /** Instant, ISO 8601 in UTC. */
  readonly sealedAt: string;
  readonly keyId: string;
}

/** The text that an office signs; the chain is of its digests. */
export const textOfSeal = (office: string, seal: Seal): string =>
  JSON.stringify([
    'chengxin log seal 1',
    office,
    seal.log,
    seal.number,
    seal.afterId,
    seal.lastId,
    digest(seal.ids.join()),
    seal.root,
    seal.previous,
    seal.sealedAt,
    seal.keyId,
  ]);

export const digestOfSeal = (office: string, seal: Seal): string =>
  digest(textOfSeal(office, seal));

export type Alteration = 'ALTERED' | 'REMOVED' | 'INSERTED' | 'REORDERED';

export interface AlteredRow {
  readonly id: string;
  readonly alteration: Alteration;
}

/** A row as it is now, or as it was sealed. */
export interface Leaf {
  readonly id: string;
  readonly leaf: Buffer;
}

/**
 * What happened to the rows of a seal since.
 *
 * @param sealed  As they were, in their order.
 * @param found   As they are between the same numbers.
 */
export function alterationsOf(sealed: readonly Leaf[], found: readonly Leaf[]): AlteredRow[] {
  if (rootOf(sealed.map(({ leaf }) => leaf)) === rootOf(found.map(({ leaf }) => leaf)))
    if (sealed.every(({ id }, i) => found[i]?.id === id)) return [];
  const before = new Map(sealed.map(({ id, leaf }) => [id, leaf]));
  const now = new Map(found.map(({ id, leaf }) => [id, leaf]));
  const elsewhere = new Set(
    sealed
      .filter(({ id, leaf }) => !now.get(id)?.equals(leaf))
      .map(({ leaf }) => leaf.toString('hex')),
  );
  const altered = ({ id, leaf }: Leaf): AlteredRow[] => {
    const is = now.get(id);
    if (!is) return [{ id, alteration: 'REMOVED' }];
    if (is.equals(leaf)) return [];
    // What stands here stood in another row that is not as it was either.
    return [{ id, alteration: elsewhere.has(is.toString('hex')) ? 'REORDERED' : 'ALTERED' }];
  };
  const inserted = found
    .filter(({ id }) => !before.has(id))
    .map(({ id }): AlteredRow => ({ id, alteration: 'INSERTED' }));
  return [...sealed.flatMap(altered), ...inserted];
}
