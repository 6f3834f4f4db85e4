/**
 * Students in the domain of the research office: in a project, or in a research case (note 12). A case
 * that is over puts nobody there.
 */
import { onRoster } from '@chengxin/kit/change/on-roster';
import { whereSql } from '@chengxin/kit/database/orm';
import type { Roster } from '@chengxin/kit/read/roster';
import { RESEARCH_CODES } from './misconduct-case.rules.js';

const IN_PROJECT = (student: string): string => `
  exists (select from research_project p where p.members @> to_jsonb(${student}))`;
const IN_CASE = (student: string): string => `
  exists (select from misconduct_case c where c.student_no = ${student}
    and c.stage <> 'NOT_FOUND' and c.indicator_code = any(string_to_array(?, ',')))`;

/** `OWN_DOMAIN` of IDENTITY, on the roster of this office. */
const ofResearch = () =>
  whereSql<Roster>(
    (alias) => `(${IN_PROJECT(`${alias}.student_no`)} or ${IN_CASE(`${alias}.student_no`)})`,
    [RESEARCH_CODES.join(',')],
  );

/** The student of a new case. */
export const studentOfCase = onRoster({ OWN_DOMAIN: ofResearch });
