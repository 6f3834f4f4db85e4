import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import type { OpenReport } from './open-report.loader.js';

const NEWER = `select 1 as newer from evaluation_run where locked_at > ? limit 1`;

/** Whether a run was locked after the report was issued (3.6); said of every older report alike. */
export const hasNewerRun = async (ctx: Context, { issuedAt }: OpenReport): Promise<boolean> =>
  (await execute(ctx.em, NEWER, [issuedAt])).length > 0;
