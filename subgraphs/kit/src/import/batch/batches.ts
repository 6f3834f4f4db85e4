/** All that an office shows of its import batches: one line in its table of contents. */
import type { ClassType } from 'type-graphql';
import { nounOf } from '../../action/actions.js';
import { actionsField } from '../../change/available-actions.js';
import type { ConstraintMeaning } from '../../change/errors.js';
import type { Noun } from '../../change/noun.js';
import { capital } from '../../schema/capital.js';
import type { ImportJob } from '../job.js';
import { batchMutations } from './batch.mutation.js';
import { batchNoun } from './batch.noun.js';
import { factMutations } from './fact.mutation.js';
import { manyMutations } from './many.mutation.js';
import type { SingleFact } from './single-fact.js';
import { batchResolver } from './batch.resolver.js';
import { batchType, type BatchRow } from './import-batch.js';

export interface Batches {
  readonly entity: ClassType<BatchRow>;
  readonly resolvers: readonly [ClassType, ...ClassType[]];
}

interface BatchParts {
  /** `finance` */
  readonly office: string;
  readonly jobs: readonly ImportJob[];
  /** Facts that are proposed by form too. */
  readonly facts?: readonly SingleFact[];
  /** What a constraint of the imported tables means to the reviewer. */
  readonly constraints?: Readonly<Record<string, ConstraintMeaning>>;
  /** What must hold of a batch beside the table, by action. */
  readonly guards?: Noun<BatchRow>['guards'];
}

/** Batches of the kinds that a second person approves, with their lists and mutations. */
export function importBatches({ office, jobs, facts = [], ...meaning }: BatchParts): Batches {
  const kinds = { jobs, facts };
  const name = `${capital(office)}ImportBatch`;
  const entity = batchType(name);
  const noun = batchNoun({ name, entity, kinds, ...meaning });
  const prefixes = new Set(jobs.flatMap(({ approval }) => (approval ? [nounOf(approval)] : [])));
  const queries = { list: `${office}ImportBatches`, one: `${office}ImportBatch` };
  return {
    entity,
    resolvers: [
      batchResolver(noun, queries),
      actionsField(noun),
      ...[...prefixes].flatMap((prefix) => [
        ...batchMutations(prefix, noun, kinds),
        ...manyMutations(prefix, noun, kinds),
      ]),
      ...factMutations(noun, kinds),
    ],
  };
}
