/** What the archive holds of the offices' records, as their feeds name them (F-06, docs/decisions/0068). */
import type { Copies } from '@chengxin/kit/backup/parts';

const FINDINGS = (office: string): string => `
  select '${office}:' || source_id as key, source_version as version from conduct_record
  where source_subgraph = '${office}' and state <> 'REVOKED'`;

export const COPIES: Copies = {
  academics: { finding: FINDINGS('academics') },
  security: { finding: FINDINGS('security') },
  thirdparty: {
    finding: FINDINGS('thirdparty'),
    good: `select 'thirdparty:' || source_id as key, source_version as version from good_record
      where source_subgraph = 'thirdparty' and state <> 'REVOKED'`,
  },
  youthleague: {
    good: `select 'youthleague:' || source_typename || ':' || source_id as key,
      source_version as version from good_record
      where source_subgraph = 'youthleague' and state <> 'REVOKED'`,
  },
  finance: {
    settlement: `select bill_no as key, version from settlement`,
    billReminder: `select id::text as key, version from bill_reminder`,
  },
};
