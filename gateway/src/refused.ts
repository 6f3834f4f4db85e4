import { fault } from '@chengxin/kit/errors';
import type { Log } from '@chengxin/kit/server/log';
import { isAboutStudent } from '@chengxin/kit/privacy/groups';
import type { OfficeCaller } from './fetch/signed-post.js';
import { DECIDING_OFFICE } from './offices.js';
import type { Refused } from './privacy/answer.js';

const OK = 200;

/**
 * Reports to the archive a request about students that is refused before any office is called.
 * Source: DOMAIN 3.7(11).
 */
export const reportRefusal =
  (caller: OfficeCaller, log: Log): Refused =>
  async (identity) => {
    if (!identity.deniedAtGateway.some(isAboutStudent)) return;
    const { requestId } = identity;
    try {
      const body = JSON.stringify(identity);
      const { status } = await caller.post(DECIDING_OFFICE, '/refused', body);
      if (status !== OK) throw new Error(`The archive answered ${status}.`);
    } catch (error) {
      log.error({ err: error, requestId }, 'a refused request is not written down');
      throw fault('AUDIT_UNAVAILABLE');
    }
  };
