import type { Act } from '@chengxin/kit/change/act';
import { endWithoutGrounds } from '../supervision/end-without-grounds.js';
import { publishRevoked } from './revoked.publish.js';

/** Bad records were revoked: what rests on them ends here, and the facts at the offices that own them. */
export async function followRevocation(act: Act, recordIds: readonly string[]): Promise<void> {
  await endWithoutGrounds(act, recordIds);
  await act.follow((em, now) => publishRevoked(em, now, 'conduct_record', recordIds));
}
