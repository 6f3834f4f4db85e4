/** What of the closed loop belongs together. Pure. Source: Z2.2. */
import type { Group } from '@chengxin/kit/privacy/groups';

/** The stages by the field that names their items, in the order of the loop. */
export const STAGES = {
  commitmentId: 'COMMITMENTS',
  reportId: 'CREDIT_GRADE',
  snapshotId: 'CREDIT_GRADE',
  supervisionId: 'SUPERVISION',
  sanctionId: 'SANCTION_FILES',
  repairId: 'REPAIRS',
} as const satisfies Record<string, Group>;
export type Stage = keyof typeof STAGES;

/** An item, and the numbers of the records and snapshots through which it hangs together with others. */
export interface Item {
  readonly id: string;
  readonly through: readonly string[];
}
export type Items = Readonly<Partial<Record<Stage, readonly Item[]>>>;
export type Link = Readonly<Partial<Record<Stage, string>>>;

/** Stages that link. A sanction is linked to the evaluation that counts its record, and so on. */
export const PAIRS: readonly (readonly [Stage, Stage])[] = [
  ['commitmentId', 'snapshotId'],
  ['reportId', 'snapshotId'],
  ['snapshotId', 'supervisionId'],
  ['snapshotId', 'sanctionId'],
  ['snapshotId', 'repairId'],
  ['sanctionId', 'repairId'],
];

function between(items: Items, [from, to]: readonly [Stage, Stage]): Link[] {
  const later = items[to] ?? [];
  return (items[from] ?? []).flatMap((one) => {
    const through = new Set(one.through);
    return later
      .filter((other) => other.through.some((key) => through.has(key)))
      .map((other) => ({ [from]: one.id, [to]: other.id }));
  });
}

/** All links among some items, in the order of the loop; each names two items. */
export const linksAmong = (items: Items): Link[] => PAIRS.flatMap((pair) => between(items, pair));
