/** What the gateway serves of reports: their making, their verification, and what that rests on. */
import { REPORT_MAKE, REPORT_VERIFY } from '@chengxin/kit/action/endpoints';
import type { Routes, ServedRoutes } from '@chengxin/kit/call/http';
import type { Clock } from '@chengxin/kit/clock';
import { counted } from '../limits/counted.js';
import type { Rates } from '../limits/rates.js';
import { VERIFY_PATH } from './report-addresses.js';
import { issuerRoutes } from './issuer.routes.js';
import { makeRoutes, type ReportParts } from './report.route.js';
import { verifyRoute } from './verify.route.js';

interface Parts extends ReportParts {
  readonly clock: Clock;
  readonly rates: Pick<Rates, 'countAddress'>;
}

/** Each endpoint of the action table that this folder serves, with all its routes. */
export function reportEndpoints(parts: Parts): {
  readonly endpoints: readonly string[];
  readonly routes: ServedRoutes;
} {
  const { keys, rates } = parts;
  // Whoever comes without a login is counted by his address: a code cannot be tried out (3.1).
  const open: Routes = {
    [`GET ${VERIFY_PATH}/*`]: verifyRoute(parts),
    ...(keys && issuerRoutes({ ...parts, keys })),
  };
  const countedRoutes = Object.entries(open).map(([path, route]) => [path, counted(rates, route)]);
  return {
    endpoints: [REPORT_MAKE, REPORT_VERIFY],
    routes: { ...makeRoutes(parts), ...(Object.fromEntries(countedRoutes) as Routes) },
  };
}
