import { put } from '../support/put.js';
import { deliveredNotice } from './notice-standing.js';
import type { NounPlan } from './plans.js';

const PERIOD = '2025H2';
const CUT_OFF = '2026-01-31T15:59:59Z';
const OF_PART = 'run.confirmCollege';
const AFTER_APPROVAL = new Set(['CONFIRMED', 'LOCKED', 'SUPERSEDED']);
const AFTER_LOCK = new Set(['LOCKED', 'SUPERSEDED']);

let planned = 0;
const at = (isSo: boolean): string | null => (isSo ? '2026-03-01T00:00:00Z' : null);

async function aRun(college: Parameters<NounPlan['seed']>[0], state: string): Promise<string> {
  const isApproved = AFTER_APPROVAL.has(state);
  const { run_id: id = '' } = await put(college, 'archive', 'evaluation_run', {
    run_id: `${PERIOD}-plan-${planned++}`,
    period: PERIOD,
    rule_set: 'CR-2026.1',
    cut_off_at: CUT_OFF,
    kind: 'OFFICIAL',
    state,
    locked_at: at(AFTER_LOCK.has(state)),
    superseded_at: at(state === 'SUPERSEDED'),
    recorded_by: 'T9999',
    recorded_at: '2026-02-01T00:00:00Z',
    approved_by: isApproved ? 'T9998' : null,
    approved_at: at(isApproved),
  });
  return id;
}

export const evaluationRunPlan: NounPlan = {
  noun: 'EvaluationRun',
  isOf: (action) => action !== OF_PART,
  office: 'archive',
  table: 'evaluation_run',
  key: 'run_id',
  fields: 'runId state version',
  async seed(college, studentNo, state) {
    const id = await aRun(college, state);
    const kind = 'SELF_NOTICE';
    await deliveredNotice(college, 'archive', { type: 'EvaluationRun', id, kind, studentNo });
    return { id, version: 1 };
  },
  opening: () => Promise.resolve({ period: `${3000 + planned++}H1`, reason: 'a reason' }),
};

/** A college confirms its own part; with the last of them the run goes on. */
export const evaluationRunPartPlan: NounPlan = {
  noun: 'EvaluationRunPart',
  machine: 'EvaluationRun',
  isOf: (action) => action === OF_PART,
  office: 'archive',
  table: 'evaluation_run_part',
  states: ['COMPUTED', 'COLLEGE_CONFIRMED'],
  async seed(college, _studentNo, state) {
    const isConfirmed = state === 'COLLEGE_CONFIRMED';
    const { id = '' } = await put(college, 'archive', 'evaluation_run_part', {
      run_id: await aRun(college, state),
      org_code: 'C01',
      state,
      students: 1,
      confirmed_by: isConfirmed ? 'T9999' : null,
      confirmed_at: at(isConfirmed),
    });
    return { id, version: 1 };
  },
  opening: () => Promise.reject(new Error('A job makes a part.')),
};
