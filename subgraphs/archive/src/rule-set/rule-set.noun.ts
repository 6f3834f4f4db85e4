import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { RuleSetVersion } from '../rules/rule-set.entity.js';
import { draftsAside } from '../rules/rule-set.predicates.js';

/** The numbers of the evaluation (4.8); of no student. */
export const ruleSet = noun<RuleSetVersion>({
  name: 'RuleSet',
  entity: RuleSetVersion,
  machine: 'RuleSet',
  rows: {
    group: 'RULES',
    predicates: {},
    where: ({ identity }) => draftsAside(identity) as never,
  },
  constraints: {
    rule_set_pkey: {
      code: ChangeErrorCode.VALIDATION,
      what: '该版本号已使用。 A rule set of this version exists.',
      path: ['ruleSetVersion'],
    },
    rule_set_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
  },
});
