import { join } from 'node:path';
import { readEnvFiles } from '@chengxin/kit/server/env-files';
import { untilStopped } from '@chengxin/kit/server/signals';
import { readGatewayConfig } from './config.js';
import { startGateway } from './server.js';
import { SUPERGRAPH_FILE } from './supergraph-file.js';

readEnvFiles(join(import.meta.dirname, '..'));
const gateway = await startGateway(await readGatewayConfig(SUPERGRAPH_FILE));
await untilStopped();
await gateway.stop();
