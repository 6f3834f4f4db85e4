/** Every file of the demo college, in the order in which they are imported. */
import { academicsFiles } from './academics.js';
import { caseFiles, consentRows } from './cases.js';
import type { DemoFile } from './file.js';
import { financeFiles } from './finance.js';
import { classesOf, counsellorRows, orgRows, studentRows } from './people.js';
import { planOf } from './plan.js';
import { securityFiles } from './security.js';
import { thirdpartyFiles } from './thirdparty.js';
import { youthleagueFiles } from './youthleague.js';

/**
 * @param students   How many students, beside those of DOMAIN §5.
 * @param startedAt  The first start; the same instant and size give the same files.
 */
export function generateCollege(students: number, startedAt: Date): DemoFile[] {
  const plan = planOf(students, startedAt);
  const classes = classesOf(plan);
  const { staff, grants } = counsellorRows(classes);
  const roll = studentRows(classes);
  const consents = consentRows(roll, plan);
  return [
    { office: 'archive', kind: 'orgs', rows: orgRows(classes) },
    { office: 'archive', kind: 'staff', rows: staff },
    { office: 'archive', kind: 'grants', rows: grants },
    { office: 'archive', kind: 'students', rows: roll },
    ...caseFiles(roll, consents, plan),
    ...academicsFiles(roll, plan),
    ...financeFiles(roll, plan),
    ...securityFiles(roll, plan),
    ...youthleagueFiles(roll, plan),
    ...thirdpartyFiles(consents, plan),
  ];
}
