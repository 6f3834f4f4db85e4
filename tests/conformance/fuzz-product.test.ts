import { withoutSecurityMark } from '@chengxin/gateway/privacy/guarded-gateway';
import * as fc from 'fast-check';
import { parse, validate } from 'graphql';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asJson, comparedLoosely } from './answer.js';
import { drawing, SEED, written } from './drawing.js';
import { fakeSources } from './fake-source.js';
import { drawOperation } from './operations.js';
import { openGateway, type OpenGateway } from './ours.js';
import { openStock } from './stock.js';

const FILE = new URL('../../gateway/supergraph.graphql', import.meta.url);
const RUNS = 200;
const DEPTH = 5;

let ours: OpenGateway;
let stock: OpenGateway;
beforeAll(async () => {
  const supergraphSdl = withoutSecurityMark(readFileSync(FILE, 'utf8'));
  const sources = fakeSources(supergraphSdl);
  const parts = { supergraphSdl, sourceOf: (name: string) => sources.get(name)! };
  [ours, stock] = [await openGateway(parts), await openStock(parts)];
});
afterAll(async () => {
  await ours.stop();
  await stock.stop();
});

test('what is drawn over the graph of the product is answered as by the stock gateway', async () => {
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (value) => {
      const { schema } = ours;
      const draw = drawing(value);
      const drawn = drawOperation({ schema, draw, aliases: ['a', 'b', 'c'], depth: DEPTH });
      const { query, ...given } = drawn;
      const request = { document: parse(query), ...given };
      fc.pre(validate(schema, request.document).length === 0);

      const answer = asJson(await ours.execute(request));
      const expected = asJson(await stock.execute(request));

      expect(comparedLoosely(answer), `${written(drawn)}`).toEqual(comparedLoosely(expected));
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
});
