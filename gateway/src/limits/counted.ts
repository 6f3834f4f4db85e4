import { faultAnswer, type Route } from '@chengxin/kit/call/http';
import type { Rates } from './rates.js';

/** A route whose callers are counted by address. */
export const counted =
  ({ countAddress }: Pick<Rates, 'countAddress'>, route: Route): Route =>
  async (request) => {
    try {
      await countAddress(request);
    } catch (error) {
      return faultAnswer(error);
    }
    return route(request);
  };
