import { fault } from '../errors.js';
import { faultAnswer, type Route } from './http.js';

const RETRY_AFTER_SECONDS = 1;

/**
 * Refuses at once what a process could not serve in time (503, `Retry-After`), so that what it has
 * begun is served within its deadline: without a bound all wait, and all are late.
 *
 * @param atMost  Requests that are under way at a time.
 */
export function sheddingBeyond(atMost: number, route: Route): Route {
  let underWay = 0;
  return async (request) => {
    if (underWay >= atMost)
      return faultAnswer(
        fault('SUBGRAPH_UNAVAILABLE', undefined, { retryAfterSeconds: RETRY_AFTER_SECONDS }),
      );
    underWay += 1;
    try {
      return await route(request);
    } finally {
      underWay -= 1;
    }
  };
}
