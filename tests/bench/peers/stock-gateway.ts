/** `@apollo/gateway` as its own pages set it up, over a supergraph without policies. */
import { readFileSync } from 'node:fs';
import { answerParent } from './child.js';
import { fromPeers } from './installed.js';

const { ApolloGateway } = fromPeers<typeof import('@apollo/gateway')>('@apollo/gateway');
const { ApolloServer } = fromPeers<typeof import('@apollo/server')>('@apollo/server');
const { startStandaloneServer } = fromPeers<typeof import('@apollo/server/standalone')>(
  '@apollo/server/standalone',
);

answerParent(async ({ supergraph }: { readonly supergraph: string }) => {
  const server = new ApolloServer({
    gateway: new ApolloGateway({ supergraphSdl: readFileSync(supergraph, 'utf8') }),
    introspection: false,
  });
  const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
  return new URL(url).origin;
});
