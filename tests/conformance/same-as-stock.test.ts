import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compared } from './answer.js';
import { openSideBySide, type SideBySide } from './side-by-side.js';
import { SUPERGRAPHS } from './supergraphs/all.js';

describe.each(SUPERGRAPHS)('$name', (supergraph) => {
  let gateways: SideBySide;
  beforeAll(async () => {
    gateways = await openSideBySide(supergraph);
  });
  afterAll(() => gateways.stop());

  test.each(supergraph.cases)('$query', async ({ expected, fault, ...request }) => {
    const { ours, stock, monolith } = await gateways.answers(request);

    const isAsSpecified = compared(ours).data === compared(monolith).data;
    expect(compared(ours)).toEqual(compared(expected ?? stock));
    expect(isDeepStrictEqual(compared(ours), compared(stock))).toBe(!expected);
    expect(isAsSpecified || Boolean(supergraph.isPartial)).toBe(!fault);
  });
});
