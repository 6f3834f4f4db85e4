/**
 * The groups of what a request about a student was made for, as SQL: an appeal, a sanction that rests on
 * nothing, a repair, or the matter that alone brings a student before some offices. Purpose and
 * reference of a reading would disclose it after it has closed (DOMAIN 3.7(15)).
 */
import { groupsOfAppeals } from '../row-groups/named.groups.js';
import { groupsOfRepair, groupsOfSanction } from '../row-groups/procedure.groups.js';
import { MATTERS } from '../access/own-matter.js';
import { groupIf } from '../row-groups/row-groups.js';

interface ReadingColumns {
  readonly purpose: string;
  readonly reference: string;
  readonly actorRole: string;
  readonly studentNo: string;
}

/** Of a student who stands in no matter of the reader's office any more: as if he never had. */
const outsideMatter = ({ actorRole, studentNo }: ReadingColumns): string =>
  Object.entries(MATTERS)
    .map(([role, { condition }]) =>
      groupIf(`${actorRole} = '${role}' and not ${condition(studentNo)}`, 'CLOSED_CONDUCT'),
    )
    .join(' || ');

const sanctionNamed = ({ studentNo, reference }: ReadingColumns): string =>
  `(select s.id from sanction s where s.student_no = ${studentNo} and s.id::text = ${reference})`;

export const groupsOfReading = (of: ReadingColumns): string =>
  `(case ${of.purpose}
     when 'APPEAL' then ${groupsOfAppeals(`p.id::text = ${of.reference}`)}
       || ${groupsOfSanction(sanctionNamed(of))}
     when 'SANCTION_APPEAL' then ${groupsOfAppeals(`p.case_id = ${of.reference}`)}
     when 'REPAIR' then coalesce((select ${groupsOfRepair({ id: 'x.id' })}
       from repair_application x where x.id::text = ${of.reference}), '{}'::text[])
     else '{}'::text[] end || ${outsideMatter(of)})`;
