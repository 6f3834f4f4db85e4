/** The product's gateway in a process of its own, as in production. */
import { readKeyring } from '@chengxin/kit/call/keyring';
import { systemClock } from '@chengxin/kit/clock';
import { createLog } from '@chengxin/kit/server/log';
import { LIMITS_OF_ONE_CALLER } from '@chengxin/gateway/limits/settings';
import { startGateway } from '@chengxin/gateway/server';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { answerParent } from './child.js';

export interface GatewayStart {
  readonly keys: string;
  readonly issuer: string;
  readonly audience: string;
  readonly addresses: Readonly<Record<string, string>>;
}

answerParent(async ({ keys, issuer, audience, addresses }: GatewayStart) => {
  const { origin } = await startGateway({
    port: 0,
    host: '127.0.0.1',
    issuer,
    audience,
    keyring: await readKeyring(keys, 'gateway'),
    addresses: (office) => addresses[office],
    supergraphFile: SUPERGRAPH_FILE,
    clock: systemClock,
    log: createLog('gateway', 'error'),
    introspection: false,
    limits: LIMITS_OF_ONE_CALLER,
  });
  return origin.replace('localhost', '127.0.0.1');
});
