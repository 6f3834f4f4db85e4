import type { Context } from '@chengxin/kit/call/context';
import { isAuditOpen } from './audit.loader.js';
import { openReport, readReport } from '../employer/open-report.loader.js';
import { openCase } from './case.loader.js';
import { namedClause } from './named.loader.js';
import { MATTERS } from './own-matter.js';
import { isPlacedIn, placedIn, type Placed } from './placed.js';
import { RELATIONS } from './relation.rules.js';
import type { RelationTest } from './relation-test.js';
import { orgScope } from '../org/scope.loader.js';

const always = (answer: boolean): RelationTest => ({ holds: () => answer, until: undefined });

/** The report of a token, where its student is among those selected. */
async function reportAbout(ctx: Context, students: readonly Placed[]) {
  const report = await readReport(ctx);
  const isAbout = students.some((student) => student.studentNo === report?.studentNo);
  return isAbout ? openReport(ctx) : undefined;
}

/** The caller's relation, with what it needs read once for any number of students. */
export async function relationTest(
  ctx: Context,
  students: readonly Placed[],
): Promise<RelationTest> {
  const { role, studentNo } = ctx.identity;
  switch (RELATIONS[role]) {
    case 'SELF':
      return { holds: (student) => student.studentNo === studentNo, until: undefined };
    case 'ORG': {
      const scope = await orgScope(ctx);
      return { holds: (student) => isPlacedIn(scope, student), until: undefined };
    }
    case 'CASE': {
      const { studentNos, closesAt } = await openCase(ctx);
      return { holds: (student) => studentNos.has(student.studentNo), until: closesAt };
    }
    case 'TOKEN': {
      const report = await reportAbout(ctx, students);
      return {
        holds: (student) => student.studentNo === report?.studentNo,
        until: report?.until,
        ...(report && { reportTemplate: report.template }),
      };
    }
    case 'AUDIT':
      return always(await isAuditOpen(ctx));
    case 'EVERY':
    case 'MATTER':
      return always(true);
    case 'NONE':
      return always(false);
  }
}

/** The where-clause that no student passes. */
export const NOBODY = { studentNo: { $in: [] } };

/** Whether the caller has to do with students in general, and not with himself or a few alone. */
export async function readsBeyondOne(ctx: Context): Promise<boolean> {
  const relation = RELATIONS[ctx.identity.role];
  return relation === 'AUDIT' ? isAuditOpen(ctx) : relation === 'ORG' || relation === 'EVERY';
}

/** The same relation as a where-clause, for lists of students; of the erased none is left. */
export const relationClause = async (ctx: Context): Promise<object> => ({
  $and: [await clauseOfRole(ctx), { isErased: false }],
});

/** An auditor reads one by one. */
async function clauseOfRole(ctx: Context): Promise<object> {
  const { role, studentNo } = ctx.identity;
  switch (RELATIONS[role]) {
    case 'SELF':
      return { studentNo: studentNo ?? '' };
    case 'ORG':
      return { $and: [placedIn(await orgScope(ctx)), ...(await namedClause(ctx))] };
    case 'CASE':
      return { studentNo: { $in: [...(await openCase(ctx)).studentNos] } };
    case 'EVERY':
      return {};
    case 'MATTER': {
      const property = MATTERS[role]?.property;
      return property ? { [property]: true } : NOBODY;
    }
    case 'AUDIT':
    case 'TOKEN':
    case 'NONE':
      return NOBODY;
  }
}
