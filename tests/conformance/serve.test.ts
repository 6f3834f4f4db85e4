/** The server for outside suites: a supergraph in a file, subgraphs over HTTP, and what it never serves. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { json, serveHttp, type HttpServer } from '@chengxin/kit/call/http';
import { execute, parse, type GraphQLSchema } from 'graphql';
import { request } from 'undici';
import { afterEach, beforeEach, expect, test } from 'vitest';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;
const BOOKS = `${LINK} type Query { books: [Book] } type Book @key(fields: "id") { id: ID! title: String }`;
const LOANS = `${LINK} type Book @key(fields: "id") { id: ID! loans: Int! }`;

const folders: string[] = [];
const servers: HttpServer[] = [];
const children: ChildProcess[] = [];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chengxin-conformance-'));
  folders.push(folder);
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.pid === undefined) continue;
    // npm may end before it has handed the signal on: the whole group ends.
    process.kill(-child.pid);
    await once(child, 'exit');
  }
  for (const server of servers.splice(0)) await server.close();
  for (const one of folders.splice(0)) await rm(one, { recursive: true });
});

async function serveSubgraph(schema: GraphQLSchema): Promise<string> {
  const server = await serveHttp({
    port: 0,
    host: '127.0.0.1',
    bodyAtMost: 1_000_000,
    onFault: (error) => expect.fail(String(error)),
    routes: {
      async 'POST /graphql'({ body }) {
        const { query, variables } = JSON.parse(body.toString()) as {
          query: string;
          variables: Record<string, unknown>;
        };
        return json(
          200,
          await execute({ schema, document: parse(query), variableValues: variables }),
        );
      },
    },
  });
  servers.push(server);
  return `${server.url}/graphql`;
}

function serve(supergraph: string, more: Record<string, string> = {}): ChildProcess {
  const child = spawn('npm', ['run', '--silent', 'conformance:serve'], {
    env: { ...process.env, SUPERGRAPH: supergraph, PORT: '0', ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  children.push(child);
  return child;
}

test('a supergraph in a file is served over its subgraphs', async () => {
  const [books, loans] = [parse(BOOKS), parse(LOANS)];
  const ofBooks = { Query: { books: () => [{ id: '1', title: 'One' }] } };
  const ofLoans = {
    Book: { __resolveReference: ({ id }: { id: string }) => ({ id, loans: Number(id) + 6 }) },
  };
  const { supergraphSdl } = composeServices([
    {
      name: 'books',
      typeDefs: books,
      url: await serveSubgraph(buildSubgraphSchema([{ typeDefs: books, resolvers: ofBooks }])),
    },
    {
      name: 'loans',
      typeDefs: loans,
      url: await serveSubgraph(buildSubgraphSchema([{ typeDefs: loans, resolvers: ofLoans }])),
    },
  ]);
  const file = join(folder, 'supergraph.graphql');
  await writeFile(file, supergraphSdl ?? '');
  const [line] = (await once(serve(file).stdout!, 'data')) as [Buffer];

  const send = async (query: string) => {
    const { body } = await request(line.toString().trim(), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return body.json();
  };
  expect(await send('{ books { name: title loans } }')).toEqual({
    data: { books: [{ name: 'One', loans: 7 }] },
  });
  expect(await send('{ books { pages } }')).toMatchObject({
    errors: [{ message: expect.stringContaining('pages') }],
  });
});

test.each([
  ['in production', 'any.graphql', { NODE_ENV: 'production' }, 'guards nothing'],
  ['a supergraph whose fields are guarded', SUPERGRAPH_FILE, {}, 'SECURITY but is unsupported'],
  ['no file', '', {}, 'SUPERGRAPH is not set'],
] as const)('it does not serve %s', async (_, file, more, why) => {
  const child = serve(file, more);
  const [said, [code]] = await Promise.all([text(child.stderr!), once(child, 'exit')]);

  expect(said).toContain(why);
  expect(code).not.toBe(0);
});
