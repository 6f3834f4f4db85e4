import { forkOf } from '@chengxin/kit/database/orm';
import { refusedRequest } from '@chengxin/kit/disclosure/access-call';
import { json } from '@chengxin/kit/call/http';
import type { Identity } from '@chengxin/kit/call/identity';
import type { SignedRoute } from '@chengxin/kit/server/office-definition';
import type { OfficeParts } from '@chengxin/kit/server/office-parts';
import { discloseHere } from './write-access-events.js';

/** `POST /refused`: a request that the gateway refused as a whole (DOMAIN 3.7(11)). */
export const refusedRoute =
  ({ orm, config }: OfficeParts): SignedRoute =>
  async (body) => {
    const identity = JSON.parse(body.toString('utf8')) as Identity;
    const call = refusedRequest(identity, config.clock.now());
    if (call) await discloseHere(forkOf(orm), [call]);
    return json(200, { written: call !== undefined });
  };
