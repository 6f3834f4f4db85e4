/** What is published so that credentials are verified offline: keys, type, status list. */
import type { HttpResponse, Route, Routes } from '@chengxin/kit/call/http';
import type { IssuerKeys } from '@chengxin/kit/call/issuer-keys';
import { REPORT_STATUSES_PATH, type ReportStatuses } from '@chengxin/kit/call/report-paths';
import { faultAnswer } from '@chengxin/kit/call/http';
import type { Clock } from '@chengxin/kit/clock';
import { fault } from '@chengxin/kit/errors';
import type { Log } from '@chengxin/kit/server/log';
import type { OfficeCaller } from '../fetch/signed-post.js';
import { DECIDING_OFFICE } from '../offices.js';
import {
  ISSUER_PATH,
  JWKS_PATH,
  STATUS_LIST_PATH,
  statusListUrl,
  vctUrl,
  VCT_PATH,
} from './report-addresses.js';
import { LIST_SECONDS, statusListToken } from './status-list.js';

export interface IssuerParts {
  readonly keys: IssuerKeys;
  readonly issuer: () => string;
  readonly caller: OfficeCaller;
  readonly clock: Clock;
  readonly log: Log;
}

const OK = 200;
const KEYS_SECONDS = 300;
/** What was withdrawn stands in the next list after so long (INV-21). */
const REMADE_MS = 5000;

/** For pages of any origin: nothing of it is anybody's. */
const published = (type: string, seconds: number, body: string): HttpResponse => ({
  status: OK,
  headers: {
    'content-type': type,
    'cache-control': `public, max-age=${seconds}`,
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  },
  body,
});
const publishedJson = (value: object): HttpResponse =>
  published('application/json; charset=utf-8', KEYS_SECONDS, JSON.stringify(value));

/** The list, signed anew once it is too old; whoever comes meanwhile gets the same. */
function statusListRoute({ keys, issuer, caller, clock, log }: IssuerParts): Route {
  let last: { readonly at: number; readonly token: Promise<string> } | undefined;
  async function make(now: Date): Promise<string> {
    const { status, text } = await caller.post(DECIDING_OFFICE, REPORT_STATUSES_PATH, '{}');
    if (status !== OK) throw new Error(`The archive answered ${status}.`);
    return statusListToken(keys, statusListUrl(issuer()), JSON.parse(text) as ReportStatuses, now);
  }
  return async () => {
    const now = clock.now();
    if (!last || Math.abs(now.getTime() - last.at) >= REMADE_MS)
      last = { at: now.getTime(), token: make(now) };
    try {
      return published('application/statuslist+jwt', LIST_SECONDS, await last.token);
    } catch (error) {
      last = undefined;
      log.warn({ err: error }, 'no status list is published');
      return faultAnswer(fault('SUBGRAPH_UNAVAILABLE'));
    }
  };
}

/** Each is public; who requests too often is counted by address. */
export function issuerRoutes(parts: IssuerParts): Routes {
  const { keys, issuer } = parts;
  const jwks = { keys: keys.published };
  return {
    [`GET ${JWKS_PATH}`]: () => publishedJson(jwks),
    [`GET ${ISSUER_PATH}`]: () => publishedJson({ issuer: issuer(), jwks }),
    [`GET ${VCT_PATH}`]: () =>
      publishedJson({
        vct: vctUrl(issuer()),
        name: '学生信用报告 Student credit report',
        display: [
          { lang: 'zh-CN', name: '学生信用报告' },
          { lang: 'en', name: 'Student credit report' },
        ],
      }),
    [`GET ${STATUS_LIST_PATH}`]: statusListRoute(parts),
  };
}
