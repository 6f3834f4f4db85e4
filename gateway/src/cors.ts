/**
 * Which pages of other origins may read answers of the graph. Nobody logs in by cookie here, so no
 * credentials are allowed: a page shows the token that it holds.
 */
import { FILES_PATH } from '@chengxin/kit/call/file-bounds';
import { EXPORTS_PATH, OWN_EXPORT_PATH } from '@chengxin/kit/call/export-paths';
import type { HttpRequest, HttpResponse, Routes } from '@chengxin/kit/call/http';
import type { Environment } from '@chengxin/kit/server/config';
import { REPORTS_PATH } from './report/report-addresses.js';

/** `https://portal.example.edu`, as a browser sends it in `Origin`. */
export type Origins = ReadonlySet<string>;

/** Where files of rows are brought, and their rejected rows fetched. */
const IMPORTS = '/imports/';

/** The graph and its files, as the routes call them, with their methods. */
const PATHS: Readonly<Record<string, string>> = {
  '/graphql': 'POST',
  [FILES_PATH]: 'POST',
  [`${FILES_PATH}/*`]: 'GET',
  [`${IMPORTS}*/*`]: 'GET, POST',
  [EXPORTS_PATH]: 'POST',
  [OWN_EXPORT_PATH]: 'GET',
  [`${EXPORTS_PATH}/*`]: 'GET',
  [`${REPORTS_PATH}/*`]: 'POST',
};
const isOpen = (path: string): boolean =>
  path in PATHS ||
  [`${FILES_PATH}/`, `${EXPORTS_PATH}/`, `${REPORTS_PATH}/`, IMPORTS].some((start) =>
    path.startsWith(start),
  );
/** What a client may send: DOMAIN 2.7, and `x-dry-run` of 3.1. */
const SENT = [
  'authorization',
  'content-type',
  'x-role',
  'x-purpose',
  'x-case',
  'x-reference',
  'x-report-token',
  'x-dry-run',
].join(', ');
/** What a page may read beside the body. */
const READ = 'retry-after, x-request-id';
/** A browser sends its next preflight request after so long. */
const SECONDS = '600';

/** An origin and nothing else: no path, no star, and none of the forms that browsers never send. */
const isOrigin = (text: string): boolean => {
  const url = text.includes('*') ? null : URL.parse(text);
  return (url?.protocol === 'https:' || url?.protocol === 'http:') && url.origin === text;
};

/** @throws Error naming the setting and what is no origin. */
export function readOrigins(env: Environment): Origins {
  const origins = (env['CORS_ORIGINS'] ?? '').split(',').map((one) => one.trim());
  const named = origins.filter(Boolean);
  for (const one of named)
    if (!isOrigin(one))
      throw new Error(
        `CORS_ORIGINS: ${one} is no exact origin, as https://portal.example.edu (no path, no *).`,
      );
  return new Set(named);
}

type Requested = Pick<HttpRequest, 'headers'>;

/** Headers of each answer of a path, refusals and faults too, so that a page learns why. */
export const corsHeaders =
  (origins: Origins) =>
  (path: string, { headers: { origin } }: Requested): Readonly<Record<string, string>> => {
    if (!isOpen(path) || origins.size === 0) return {};
    // A cache between must not hand one origin the answer to another.
    const vary = { vary: 'Origin' };
    if (!origin || !origins.has(origin)) return vary;
    return {
      ...vary,
      'access-control-allow-origin': origin,
      'access-control-expose-headers': READ,
    };
  };

const PREFLIGHT = {
  'access-control-allow-headers': SENT,
  'access-control-max-age': SECONDS,
};

/** The answer to a preflight request; none where no origin is named. */
export const corsRoutes = (origins: Origins): Routes =>
  origins.size === 0
    ? {}
    : Object.fromEntries(
        Object.entries(PATHS).map(([path, method]) => [
          `OPTIONS ${path}`,
          ({ headers: { origin } }: Requested): HttpResponse => ({
            status: 204,
            headers:
              origin && origins.has(origin)
                ? { 'access-control-allow-methods': method, ...PREFLIGHT }
                : {},
            body: '',
          }),
        ]),
      );
