import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { RuleSetBackTest, RuleSetGradeChange } from './back-test.entity.js';
import { backTestRuleSets } from './back-test.job.js';
import { BackTestResolver, GradeChangeResolver } from './back-test.resolver.js';
import { IndicatorResolver } from './indicator.resolver.js';
import { RuleSetMutation } from './rule-set.mutation.js';
import { ruleSet } from './rule-set.noun.js';

export const ruleSetArea: Area = {
  entities: [RuleSetBackTest, RuleSetGradeChange],
  resolvers: [
    RuleSetMutation,
    IndicatorResolver,
    BackTestResolver,
    GradeChangeResolver,
    actionsField(ruleSet),
  ],
  jobs: [backTestRuleSets],
};
