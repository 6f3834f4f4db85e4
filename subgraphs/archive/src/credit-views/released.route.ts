/** A frozen release as a file, for teams that load it elsewhere. Source: DOMAIN 3.6, `export.download`. */
import type { Context } from '@chengxin/kit/call/context';
import { faultAnswer, type HttpResponse } from '@chengxin/kit/call/http';
import { requireRight, tableRow } from '@chengxin/kit/change/authorization';
import { appendLine } from '@chengxin/kit/change/operation-log';
import { execute } from '@chengxin/kit/database/orm';
import { fault } from '@chengxin/kit/errors';
import type { Group } from '@chengxin/kit/privacy/groups';
import { shutByTables } from '@chengxin/kit/privacy/verdict';
import type { PersonRoute } from '@chengxin/kit/server/office';
import { isRelease } from './credit-view.loader.js';
import { DIMENSIONS } from './hierarchies.rules.js';

const OK = 200;
const ACTION = 'export.download';
const QUESTION_AT_MOST = 200;
const ARRIVAL_MS = 5000;

interface Column {
  /** As the file calls it. */
  readonly name: string;
  /** The field of `CreditView` whose group it has. */
  readonly field: string;
  readonly group: Group;
  readonly sql: string;
}

const plain = (name: string, field: string, group: Group, sql: string = name): Column => ({
  name,
  field,
  group,
  sql,
});
const COLUMNS: readonly Column[] = [
  plain('pseudonym', 'pseudonym', 'IDENTITY', 'pseudonym::text'),
  plain('college', 'college', 'IDENTITY'),
  plain('major', 'major', 'IDENTITY'),
  plain('cohort', 'cohort', 'IDENTITY'),
  plain('grade', 'grade', 'CREDIT_GRADE'),
  ...DIMENSIONS.map((code) =>
    plain(
      `${code.toLowerCase()}_band`,
      'dimensionBands',
      'CREDIT_LEDGER',
      `(select d->>'band' from jsonb_array_elements(dimension_bands) d where d->>'code' = '${code}')`,
    ),
  ),
  plain('gpa_band', 'gpaBand', 'ACADEMIC_SUMMARY'),
  plain('exam_violation_band', 'examViolationBand', 'ACADEMIC_MISCONDUCT'),
  plain('practice_hours_band', 'practiceHoursBand', 'GOOD_CONDUCT'),
  plain('cadre_level', 'cadreLevel', 'GOOD_CONDUCT'),
];

/** RFC 4180: a code of a college may have a comma in it. */
const quoted = ({ sql }: Column): string =>
  `'"' || replace(coalesce(${sql}, ''), '"', '""') || '"'`;

/** The whole file in one statement; its order is that of the pseudonyms, which is none. */
const fileOf = (columns: readonly Column[]): string => `
  select string_agg(concat_ws(',', ${columns.map(quoted).join(', ')}), E'\\r\\n'
    order by pseudonym) as text
  from credit_view where release_id = ?::uuid`;

/** Who may not read a release by the graph gets none of it here, and of its columns the same. */
function columnsFor({ identity: { role } }: Context): Column[] {
  const entrance = ['Query', 'creditViews'] as const;
  if (shutByTables(role, ['CREDIT_GRADE', 'COLLECTION'], entrance)) return [];
  return COLUMNS.filter(({ field, group }) => !shutByTables(role, [group], ['CreditView', field]));
}

async function released(ctx: Context, question: Buffer): Promise<HttpResponse> {
  requireRight(ctx, tableRow(ACTION));
  const { releaseId } = JSON.parse(question.toString('utf8')) as { releaseId: string };
  const columns = columnsFor(ctx);
  if (!columns.length || !(await isRelease(ctx.em, releaseId))) throw fault('NOT_FOUND');
  const [file] = await execute<{ text: string | null }>(ctx.em, fileOf(columns), [releaseId]);
  await ctx.transaction.step(async () => {
    const target = { type: 'CreditViewRelease', id: releaseId };
    await appendLine(ctx, { action: ACTION, target, studentNo: undefined });
  });
  const head = columns.map(({ name }) => name).join(',');
  const lines = file?.text ? `\r\n${file.text}` : '';
  return {
    status: OK,
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="credit-views-${releaseId}.csv"`,
    },
    body: `${head}${lines}\r\n`,
  };
}

/** `POST /released` with `{ releaseId }` */
export const releasedRoute: PersonRoute = {
  bodyAtMost: QUESTION_AT_MOST,
  arrivalMs: ARRIVAL_MS,
  answer: (ctx, question) => released(ctx, question).catch(faultAnswer),
};
