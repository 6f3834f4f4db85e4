/** A gateway as its library makes it by itself, under the hook: started and stopped. */
import { ApolloGateway } from '@apollo/gateway';

const silent = () => {};
const gateway = new ApolloGateway({
  supergraphSdl: () => Promise.reject(new Error('There is none.')),
  logger: { debug: silent, info: silent, warn: silent, error: silent },
});
await gateway.load().catch(silent);
await gateway.stop();
