import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { guardBy } from '@chengxin/kit/change/guard';
import { noun } from '@chengxin/kit/change/noun';
import { OF_PART } from './evaluation-run-part.noun.js';
import { EvaluationRun } from './evaluation-run.entity.js';
import { confirmersOf, waitsUntilOf } from './evaluation-run.loader.js';
import { requireWaited } from './evaluation-run.rules.js';

/** One evaluation of all students (2.4); its colleges confirm their parts. */
export const evaluationRun = noun<EvaluationRun>({
  name: 'EvaluationRun',
  entity: EvaluationRun,
  key: 'runId',
  machine: 'EvaluationRun',
  rows: { group: 'RULES', predicates: {} },
  isWith: (_identity, _run, action) => action !== OF_PART,
  people: async (em, rows) => {
    const confirmers = await confirmersOf(
      em,
      rows.map(({ runId }) => runId),
    );
    return confirmers.map((people) => ({ [OF_PART]: people }));
  },
  guards: { 'run.confirmSchool': guardBy(waitsUntilOf, requireWaited) },
  constraints: {
    evaluation_run_pkey: {
      code: ChangeErrorCode.STATE_CONFLICT,
      what: '同一学期的另一批次刚刚建立。 Another run of this semester was planned just now.',
    },
    evaluation_run_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
  },
});
