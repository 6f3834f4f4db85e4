/** The subgraphs of the scenario in one process, each at a path of its own; answers that repeat are kept. */
import { json, serveHttp, type HttpRequest } from '@chengxin/kit/call/http';
import { execute, parse, type GraphQLSchema } from 'graphql';
import { answerParent } from '../peers/child.js';
import { shopSchemas } from './shop.js';

const BODY_AT_MOST = 10_000_000;

interface Received {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

/** So that what is measured is the gateway: an answer is computed once for a body. */
function answering(schema: GraphQLSchema) {
  const known = new Map<string, ReturnType<typeof json>>();
  return async ({ body }: HttpRequest) => {
    const text = body.toString();
    const before = known.get(text);
    if (before) return before;
    const { query, variables } = JSON.parse(text) as Received;
    const answered = await execute({
      schema,
      document: parse(query),
      ...(variables && { variableValues: variables }),
    });
    const answer = json(200, answered);
    known.set(text, answer);
    return answer;
  };
}

answerParent(async () => {
  const { port } = await serveHttp({
    port: 0,
    host: '127.0.0.1',
    bodyAtMost: BODY_AT_MOST,
    onFault: (error) => process.stderr.write(`${String(error)}\n`),
    routes: Object.fromEntries(
      shopSchemas().map(([name, schema]) => [`POST /${name}`, answering(schema)]),
    ),
  });
  return port;
});
