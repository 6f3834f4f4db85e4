import { noun } from '@chengxin/kit/change/noun';
import { inOwnUnit } from '../org/own-unit.predicates.js';
import { EvaluationRunPart } from './evaluation-run-part.entity.js';

/** The one action that is taken on a part; the run takes it with the last of its parts. */
export const OF_PART = 'run.confirmCollege';

/** The part of a college in a run (2.4). */
export const evaluationRunPart = noun<EvaluationRunPart>({
  name: 'EvaluationRunPart',
  entity: EvaluationRunPart,
  machine: 'EvaluationRun',
  rows: { group: 'ADMINISTRATION', predicates: { OWN_UNIT: inOwnUnit } },
  isWith: (_identity, _part, action) => action === OF_PART,
});
