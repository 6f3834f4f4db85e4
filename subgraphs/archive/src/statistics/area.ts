import type { Area } from '../area.js';
import { StatisticResolver } from './statistic.resolver.js';

export const statisticsArea: Area = {
  resolvers: [StatisticResolver],
};
