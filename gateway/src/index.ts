import { untilStopped } from '@chengxin/kit/server/signals';
import { readGatewayConfig } from './config.js';
import { startGateway } from './server.js';
import { SUPERGRAPH_FILE } from './supergraph-file.js';

const gateway = await startGateway(await readGatewayConfig(SUPERGRAPH_FILE));
await untilStopped();
await gateway.stop();
