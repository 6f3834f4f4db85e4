import type { ClassType } from 'type-graphql';
import type { Identity } from '../../call/identity.js';
import { noun, type Noun } from '../../change/noun.js';
import type { ConstraintMeaning } from '../../change/errors.js';
import { actionOf, nounOf } from '../../action/actions.js';
import type { RowAccess } from '../../read/rows.js';
import type { ImportJob } from '../job.js';
import type { BatchRow } from './import-batch.js';

/** What is still being read is nobody's yet; what could not be read is no batch. */
const UNSEEN = ['READING', 'FAILED'];

/** `OWN_UNIT`: the batches of the own office; elsewhere those that one has brought. */
const ownUnit = ({ isOwn, identity }: RowAccess) => (isOwn ? {} : { recordedBy: identity.subject });

export interface BatchNoun {
  /** `FinanceImportBatch` */
  readonly name: string;
  readonly entity: ClassType<BatchRow>;
  readonly jobs: readonly ImportJob[];
  readonly constraints?: Readonly<Record<string, ConstraintMeaning>>;
}

/** Of the actions on batches those count that are of the kind's own noun (`grant`, not `archive`). */
const isOfKind = (job: ImportJob | undefined, action: string): boolean =>
  nounOf(job?.approval ?? '') === nounOf(action);

/** Whose batch it is for an action: a clerk takes back his own; a reviewer decides on any. */
const isWith =
  (jobs: readonly ImportJob[]) =>
  ({ subject }: Identity, { kind, recordedBy }: BatchRow, action: string): boolean => {
    const job = jobs.find((one) => one.kind.name === kind);
    if (!isOfKind(job, action)) return false;
    const isClerks = actionOf(action)?.toStates.includes('WITHDRAWN') ?? false;
    return !isClerks || recordedBy === subject;
  };

/** Batches of the kinds that a second person approves. */
export function batchNoun({ name, entity, jobs, constraints }: BatchNoun): Noun<BatchRow> {
  const kinds = jobs.filter(({ approval }) => approval).map(({ kind }) => kind.name);
  return noun<BatchRow>({
    name,
    entity,
    machine: 'ImportBatch',
    rows: {
      group: 'COLLECTION',
      predicates: { OWN_UNIT: ownUnit },
      where: () => ({ kind: { $in: kinds }, state: { $nin: UNSEEN } }),
    },
    isOfOffice: () => true,
    isWith: isWith(jobs),
    ...(constraints && { constraints }),
  });
}
