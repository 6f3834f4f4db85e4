import { readGatewayConfig } from './config.js';
import { startGateway } from './server.js';
import { SUPERGRAPH_FILE } from './supergraph-file.js';

const gateway = await startGateway(await readGatewayConfig(SUPERGRAPH_FILE));
const stop = () => void gateway.stop().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
