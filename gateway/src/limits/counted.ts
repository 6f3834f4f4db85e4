import type { Route } from '@chengxin/kit/call/http';
import { refuseRequest } from '../refuse-request.js';
import type { Rates } from './rates.js';

/** A route whose callers are counted by address. */
export const counted =
  ({ countAddress }: Pick<Rates, 'countAddress'>, route: Route): Route =>
  async (request) => {
    try {
      await countAddress(request);
    } catch (error) {
      return refuseRequest(error);
    }
    return route(request);
  };
