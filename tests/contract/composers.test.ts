/** Two composers that are in use take the offices' schemas, and offer clients the same graph. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OFFICES } from '@chengxin/gateway/offices';
import { CLIENT_SCHEMA_FILE } from '@chengxin/gateway/supergraph-file';
import { composeServices } from '@theguild/federation-composition';
import { buildSchema, lexicographicSortSchema, parse, printSchema } from 'graphql';
import { expect, test } from 'vitest';

const SUBGRAPHS = join(import.meta.dirname, '../../subgraphs');

const services = OFFICES.map(({ name }) => ({
  name,
  url: `http://${name}.invalid/graphql`,
  typeDefs: parse(readFileSync(join(SUBGRAPHS, name, 'schema.graphql'), 'utf8')),
}));

/** Names, types and descriptions alone: links of scalars are written by `npm run schema`. */
const sorted = (sdl: string): string =>
  printSchema(lexicographicSortSchema(buildSchema(sdl))).replaceAll(/ @specifiedBy\(.*?\)/g, '');

test('the other composer offers clients the same schema', () => {
  const composed = composeServices(services);
  if (!composed.publicSdl) throw new Error(composed.errors?.map((e) => e.message).join('\n'));
  expect(sorted(composed.publicSdl)).toBe(sorted(readFileSync(CLIENT_SCHEMA_FILE, 'utf8')));
});

test('offices link the lowest version of federation that has what they use', () => {
  const links = services.map(
    ({ typeDefs }) => /federation\/(v[\d.]+)/.exec(JSON.stringify(typeDefs.definitions[0]))?.[1],
  );
  expect(new Set(links)).toEqual(new Set(['v2.6']));
});
