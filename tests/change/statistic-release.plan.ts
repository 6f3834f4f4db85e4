import type { TestCollege } from '../support/college.js';
import { put } from '../support/put.js';
import { aRun } from '../support/runs.js';
import type { NounPlan } from './plans.js';

let made = 0;
/** A locked run of its own: statistics are released once of each. */
async function nextRun(college: TestCollege): Promise<string> {
  const runId = `2025H2P${made++}`;
  await aRun(college, { runId, cutOffAt: '2026-01-31T00:00:00Z' });
  return runId;
}

export const statisticReleasePlan: NounPlan = {
  noun: 'StatisticRelease',
  office: 'archive',
  table: 'statistic_release',
  key: 'run_id',
  fields: 'runId state version',
  async seed(college, _studentNo, state) {
    const { run_id: id = '' } = await put(college, 'archive', 'statistic_release', {
      run_id: await nextRun(college),
      state,
      recorded_by: 'T9999',
      recorded_at: '2026-02-01T00:00:00Z',
      ...(state === 'RELEASED' && {
        approved_by: 'T9998',
        approved_at: '2026-02-02T00:00:00Z',
      }),
    });
    return { id, version: 1 };
  },
  opening: async (college) => ({ run: await nextRun(college), reason: 'a reason' }),
};
