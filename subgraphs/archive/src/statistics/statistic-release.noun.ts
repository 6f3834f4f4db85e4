import type { Identity } from '@chengxin/kit/call/identity';
import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun, type ReadRows } from '@chengxin/kit/change/noun';
import { StatisticRelease } from './statistic-release.entity.js';

/** One that waits for its second person is visible to Student Affairs alone: of it nothing is released. */
export const releasesFor = ({ role }: Pick<Identity, 'role'>): object =>
  role === 'SCHOOL_ADMIN' ? {} : { state: 'RELEASED' };

const rows: ReadRows<StatisticRelease> = {
  group: 'STATISTICS',
  predicates: {},
  where: ({ identity }) => releasesFor(identity) as never,
};

/** The statistics of a run (3.6). */
export const statisticRelease = noun<StatisticRelease>({
  name: 'StatisticRelease',
  entity: StatisticRelease,
  key: 'runId',
  machine: 'StatisticRelease',
  rows,
  constraints: {
    statistic_release_pkey: {
      code: ChangeErrorCode.VALIDATION,
      what: '该批次的统计已在准备或已发布。 The statistics of this run are prepared or released already.',
      path: ['run'],
    },
    privacy_budget_not_overspent: {
      code: ChangeErrorCode.STATE_CONFLICT,
      what: '十二个月内的隐私预算已用完，须待最早一次发布满十二个月。 The privacy budget of twelve months is spent: wait until the earliest release is twelve months old.',
    },
  },
});
