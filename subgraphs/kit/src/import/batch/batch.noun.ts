import type { ClassType } from 'type-graphql';
import type { Identity } from '../../call/identity.js';
import { noun, peopleIn, type Noun } from '../../change/noun.js';
import type { ConstraintMeaning } from '../../change/errors.js';
import { actionOf, nounOf } from '../../action/actions.js';
import type { RowAccess } from '../../read/rows.js';
import type { BatchKinds } from './apply-batch.js';
import type { BatchRow } from './import-batch.js';

/** What is still being read is nobody's yet; what could not be read is no batch. */
const UNSEEN = ['READING', 'FAILED'];

/** `OWN_UNIT`: the batches of the own office; elsewhere those that one has brought. */
const ownUnit = ({ isOwn, identity }: RowAccess) => (isOwn ? {} : { recordedBy: identity.subject });

export interface BatchNoun {
  /** `FinanceImportBatch` */
  readonly name: string;
  readonly entity: ClassType<BatchRow>;
  readonly kinds: BatchKinds;
  readonly constraints?: Readonly<Record<string, ConstraintMeaning>>;
  readonly guards?: Noun<BatchRow>['guards'];
}

/**
 * Whose batch it is for an action. One fact by form is approved by its own action (`bill.approve`), a
 * file by that of its kind (`grant.approveImport`, not the archive's). A clerk takes back his own; a
 * reviewer rejects any.
 */
const isWith =
  ({ jobs, facts }: BatchKinds) =>
  ({ subject }: Identity, { kind, recordedBy, byForm }: BatchRow, action: string): boolean => {
    const fact = facts.find((one) => one.action === nounOf(action));
    if (fact) return byForm && fact.kind === kind;
    const approval = jobs.find((one) => one.kind.name === kind)?.approval ?? '';
    if (nounOf(approval) !== nounOf(action) || (byForm && action === approval)) return false;
    const isClerks = actionOf(action)?.toStates.includes('WITHDRAWN') ?? false;
    return !isClerks || recordedBy === subject;
  };

/** Batches of the kinds that a second person approves. */
export function batchNoun({ name, entity, kinds, constraints, guards }: BatchNoun): Noun<BatchRow> {
  const names = kinds.jobs.filter(({ approval }) => approval).map(({ kind }) => kind.name);
  return noun<BatchRow>({
    name,
    entity,
    machine: 'ImportBatch',
    rows: {
      group: 'COLLECTION',
      predicates: { OWN_UNIT: ownUnit },
      where: () => ({ kind: { $in: names }, state: { $nin: UNSEEN } }),
    },
    isOfOffice: () => true,
    isWith: isWith(kinds),
    people: peopleIn(({ recordedBy }) => ({ 'fact.record': recordedBy })),
    ...(constraints && { constraints }),
    ...(guards && { guards }),
  });
}
