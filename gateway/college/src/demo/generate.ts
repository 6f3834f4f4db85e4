/** Every file of the demo college, in the order in which they are imported. */
import { academicsFiles } from './academics.js';
import { aidFiles } from './aid.js';
import { calendarRows } from './calendar.js';
import { caseFiles, consentRows } from './cases.js';
import { conductFiles, type OfficeRows } from './conduct.js';
import { readCast, type DemoFile } from './file.js';
import { financeFiles } from './finance.js';
import { classesOf, counsellorRows, orgRows, studentRows } from './people.js';
import { planOf } from './plan.js';
import { selfEntryFiles } from './self-entries.js';
import { securityFiles } from './security.js';
import { thirdpartyFiles } from './thirdparty.js';
import { youthleagueFiles } from './youthleague.js';
// `npm run new-office` writes imports above this line.

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
  const files: DemoFile[] = [
    { office: 'archive', kind: 'orgs', rows: orgRows(classes) },
    { office: 'archive', kind: 'calendar', rows: calendarRows(plan) },
    { office: 'archive', kind: 'notice-versions', rows: readCast('notice-versions') },
    { office: 'archive', kind: 'staff', rows: staff },
    { office: 'archive', kind: 'grants', rows: grants },
    { office: 'archive', kind: 'students', rows: roll },
    ...caseFiles(roll, consents, plan),
    ...academicsFiles(roll, plan),
    ...financeFiles(roll, plan),
    ...securityFiles(roll, plan),
    ...youthleagueFiles(roll, plan),
    ...thirdpartyFiles(consents, plan),
    ...selfEntryFiles(roll, plan),
    ...aidFiles(roll, plan),
    // `npm run new-office` writes demo files above this line.
  ];
  // Conduct records rest on rows of the offices.
  const all = [...files, ...conductFiles(roll, officeRows(files), plan)];
  // In a small college nobody may have broken a law: an office has then nothing to import.
  return all.filter(({ rows }) => rows.length > 0);
}

/** What the files of the offices say that records of conduct rest on. */
function officeRows(files: readonly DemoFile[]): OfficeRows {
  const rowsOf = (kind: string) => files.find((file) => file.kind === kind)?.rows ?? [];
  const aided = [...rowsOf('aid'), ...rowsOf('loans')].map((row) => row['学号'] ?? '');
  return {
    examViolations: rowsOf('examViolations'),
    lawViolations: rowsOf('lawViolations'),
    bills: rowsOf('bills'),
    payments: rowsOf('payments'),
    deferrals: rowsOf('deferrals'),
    aided: new Set(aided),
  };
}
