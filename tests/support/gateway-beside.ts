import type { GatewayConfig } from '@chengxin/gateway/config';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { readKeyring } from '@chengxin/kit/call/keyring';
import { createLog } from '@chengxin/kit/server/log';
import type { TestCollege } from './college.js';

type Who = Pick<GatewayConfig, 'issuer' | 'audience'>;

/** Settings of one more gateway before the offices of a college; as in production, but for what is said. */
export const besideIt = async (
  { clock, keys, started }: TestCollege,
  { issuer, audience }: Who,
  otherwise: Partial<GatewayConfig> = {},
): Promise<GatewayConfig> => ({
  port: 0,
  host: '127.0.0.1',
  issuer,
  audience,
  keyring: await readKeyring(keys, 'gateway'),
  addresses: started.addresses,
  supergraphFile: SUPERGRAPH_FILE,
  clock,
  log: createLog('closed', 'fatal'),
  introspection: false,
  ...otherwise,
});
