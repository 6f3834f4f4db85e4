import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { StatisticRelease } from './statistic-release.entity.js';
import { StatisticReleaseMutation } from './statistic-release.mutation.js';
import { statisticRelease } from './statistic-release.noun.js';
import { StatisticReleaseResolver } from './statistic-release.resolver.js';
import { StatisticResolver } from './statistic.resolver.js';

export const statisticsArea: Area = {
  entities: [StatisticRelease],
  resolvers: [
    StatisticResolver,
    StatisticReleaseResolver,
    StatisticReleaseMutation,
    actionsField(statisticRelease),
  ],
};
