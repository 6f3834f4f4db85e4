/** A frozen release as a file, for teams that load it elsewhere. Source: DOMAIN 3.6, `export.download`. */
import type { Context } from '@chengxin/kit/call/context';
import type { ReleaseQuestion } from '@chengxin/kit/call/export-paths';
import { attachment, type HttpResponse } from '@chengxin/kit/call/http';
import { requireRight, tableRow } from '@chengxin/kit/change/authorization';
import { appendLine } from '@chengxin/kit/change/operation-log';
import { fault } from '@chengxin/kit/errors';
import { shutByTables } from '@chengxin/kit/privacy/verdict';
import type { PersonRoute } from '@chengxin/kit/server/office-definition';
import { isRelease } from './credit-view.loader.js';
import { COLUMNS, RELEASE_FORMS, type Column } from './release-file.js';

const ACTION = 'export.download';
const QUESTION_AT_MOST = 200;
const ARRIVAL_MS = 5000;

/** Who may not read a release by the graph gets none of it here, and of its columns the same. */
function columnsFor({ identity: { role } }: Context): Column[] {
  const entrance = ['Query', 'creditViews'] as const;
  if (shutByTables(role, ['CREDIT_GRADE', 'COLLECTION'], entrance)) return [];
  return COLUMNS.filter(({ field, group }) => !shutByTables(role, [group], ['CreditView', field]));
}

async function released(ctx: Context, question: Buffer): Promise<HttpResponse> {
  requireRight(ctx, tableRow(ACTION));
  const { releaseId, format, encoding } = JSON.parse(question.toString('utf8')) as ReleaseQuestion;
  const { typeOf, ending, write } = RELEASE_FORMS[format];
  const columns = columnsFor(ctx);
  if (!columns.length || !(await isRelease(ctx.em, releaseId))) throw fault('NOT_FOUND');
  const body = await write(ctx.em, { releaseId, columns, encoding });
  await ctx.transaction.step(async () => {
    const target = { type: 'CreditViewRelease', id: releaseId };
    await appendLine(ctx, { action: ACTION, target, studentNo: undefined });
  });
  return attachment(body, typeOf(encoding), `credit-views-${releaseId}.${ending}`);
}

/** `POST /released` with `ReleaseQuestion` */
export const releasedRoute: PersonRoute = {
  bodyAtMost: QUESTION_AT_MOST,
  arrivalMs: ARRIVAL_MS,
  answer: released,
};
