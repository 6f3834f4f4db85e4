import * as fc from 'fast-check';
import { isInterfaceType, isObjectType, parse, validate, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { comparedLoosely } from './answer.js';
import { drawing, SEED, written } from './drawing.js';
import { drawOperation } from './operations.js';
import { openSideBySide, type SideBySide } from './side-by-side.js';
import type { ConformanceSupergraph } from './supergraph.js';
import { SUPERGRAPHS } from './supergraphs/all.js';

const RUNS = 1000;
const DEPTH = 4;
const OTHER_NAMES = ['a', 'b', 'c'];

/** Both gateways answer some of its selections wrongly, each in its own way. */
const isFaulty = ({ cases }: ConformanceSupergraph): boolean =>
  cases.some(({ fault, query }) => fault !== undefined && !query.includes('@'));
const SOUND = SUPERGRAPHS.filter((one) => !isFaulty(one));
const WHOLE = SOUND.filter((one) => !one.isPartial);

const opened = new Map<ConformanceSupergraph, SideBySide>();
beforeAll(async () => {
  for (const supergraph of SOUND) opened.set(supergraph, await openSideBySide(supergraph));
});
afterAll(async () => {
  for (const gateways of opened.values()) await gateways.stop();
});

/** Names of fields of a schema: as aliases they may be taken for keys and required fields. */
const fieldNames = (schema: GraphQLSchema): string[] =>
  Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => Object.keys(type.getFields()));

test('what is drawn is answered as by the stock gateway or by one server alone', async () => {
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (value) => {
      const draw = drawing(value);
      const supergraph = SOUND[draw(SOUND.length)]!;
      const gateways = opened.get(supergraph)!;
      const { schema } = gateways;
      // Where a subgraph fails, an answer says what was fetched and then left out.
      const isConditional = !supergraph.isPartial;
      const drawn = { schema, draw, aliases: OTHER_NAMES, depth: DEPTH, isConditional };
      const request = drawOperation(drawn);
      fc.pre(validate(schema, parse(request.query)).length === 0);

      const { ours, stock, monolith } = await gateways.answers(request);

      const right = supergraph.isPartial ? [stock] : [stock, monolith];
      expect(right.map(comparedLoosely), `${supergraph.name}\n${written(request)}`).toContainEqual(
        comparedLoosely(ours),
      );
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
});

test('aliases named like keys and required fields are answered as by one server alone', async () => {
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (value) => {
      const draw = drawing(value);
      const supergraph = WHOLE[draw(WHOLE.length)]!;
      const gateways = opened.get(supergraph)!;
      const { schema } = gateways;
      const aliases = fieldNames(schema);
      const isConditional = false;
      const request = drawOperation({ schema, draw, aliases, depth: DEPTH, isConditional });
      fc.pre(validate(schema, parse(request.query)).length === 0);

      const { ours, monolith } = await gateways.answers(request);

      expect(ours.data, `${written(request)}`).toEqual(monolith.data);
    }),
    { numRuns: RUNS / 4, seed: SEED, endOnFailure: true },
  );
});
