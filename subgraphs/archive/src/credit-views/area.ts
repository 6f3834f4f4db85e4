import type { Area } from '../area.js';
import { CreditViewRelease } from './credit-view-release.entity.js';
import { CreditView } from './credit-view.entity.js';
import { CreditViewResolver } from './credit-view.resolver.js';
import { freezeCreditViews } from './freeze-credit-views.job.js';

export const creditViewsArea: Area = {
  entities: [CreditView, CreditViewRelease],
  resolvers: [CreditViewResolver],
  jobs: [freezeCreditViews],
};
