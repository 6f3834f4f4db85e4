/**
 * Stands in for the signatures of calls between the parts: whoever calls is believed, and is the
 * person whom the benchmark names.
 */
import type { Call } from '@chengxin/kit/call/call';
import type { Identity } from '@chengxin/kit/call/identity';
import { GATEWAY } from '@chengxin/kit/call/keyring';
import { GROUPS } from '@chengxin/kit/privacy/groups';

export * from '@chengxin/kit/call/call';

export type Person = Omit<Identity, 'requestId' | 'groups' | 'deniedAtGateway'>;
let believed: Person | undefined;

/** From here on every call is of this person. */
export const believe = (person: Person): void => void (believed = person);

export const verifyCall = async (
  _keyring: unknown,
  _clock: unknown,
  [issuer = GATEWAY]: readonly string[],
): Promise<Call> => {
  if (!believed || issuer !== GATEWAY) return { issuer };
  return {
    issuer,
    identity: { ...believed, requestId: 'bench', groups: GROUPS, deniedAtGateway: [] },
  };
};
