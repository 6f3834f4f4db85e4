/** What the comparison with other gateways rests on, without starting one (docs/performance.md). */
import { readFileSync } from 'node:fs';
import { ApolloGateway } from '@apollo/gateway';
import '@chengxin/gateway/execute/without-telemetry';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { buildSchema, isObjectType, parse, visit } from 'graphql';
import { describe, expect, test } from 'vitest';
import { OFFICES } from '@chengxin/gateway/offices';
import { STAND_INS } from '../bench/without/hooks.js';
import type { Figures, Measured, Row } from '../bench/peers/measure.js';
import { FLOOR, OURS, OURS_BARE, STOCK } from '../bench/peers/names.js';
import { strippedSupergraph } from '../bench/peers/stripped-supergraph.js';
import { caseTable, officesTable, ratioTable, sizesTable } from '../bench/peers/table.js';

const addressOf = (office: string) => `http://127.0.0.1/${office}`;

describe('the supergraph that other gateways serve', () => {
  const stripped = strippedSupergraph(readFileSync(SUPERGRAPH_FILE, 'utf8'), addressOf);

  test('has neither policies nor the decision of the archive', () => {
    const left = new Set<string>();
    visit(parse(stripped), {
      Directive({ name, arguments: given = [] }) {
        if (name.value === 'policy') left.add('@policy');
        for (const { name: argument, value } of given)
          if (argument.value === 'requires' && 'value' in value)
            left.add(`requires ${value.value}`);
      },
      DirectiveDefinition({ name }) {
        if (name.value === 'policy') left.add('directive @policy');
      },
      FieldDefinition({ name }) {
        if (name.value === 'access') left.add('access');
      },
    });
    expect([...left]).toEqual([]);
    expect(stripped).not.toContain('specs.apollo.dev/policy');
  });

  test('names the addresses of the offices without a guard', () => {
    const urls = [...stripped.matchAll(/@join__graph\(name: "(\w+)", url: "([^"]+)"\)/g)];
    expect(urls.map(([, name, url]) => [name, url])).toEqual(
      OFFICES.map(({ name }) => name)
        .toSorted()
        .map((office) => [office, `http://127.0.0.1/${office}/graphql`]),
    );
  });

  test('is served by the stock gateway, with every field of a student that the product has', async () => {
    const gateway = new ApolloGateway({ supergraphSdl: stripped });
    const { schema } = await gateway.load();
    await gateway.stop();
    const clients = buildSchema(
      readFileSync(new URL('../../gateway/client.graphql', import.meta.url), 'utf8'),
    );
    const fieldsOf = (one: typeof schema) => {
      const student = one.getType('Student');
      return isObjectType(student) ? Object.keys(student.getFields()).toSorted() : [];
    };
    expect(fieldsOf(schema)).toEqual(fieldsOf(clients));
  });

  test('is refused where a requirement of access cannot be taken out alone', () => {
    const both = `type Student { bills: [String!] @join__field(graph: FINANCE, requires: "access name") }`;
    expect(() => strippedSupergraph(both, addressOf)).toThrow(
      'access name requires more than access.',
    );
  });
});

/** Each by the module that it stands in for: one that takes or answers something else is not compiled. */
const STANDING_IN: Readonly<Record<string, () => Promise<object>>> = {
  './call.js': (): Promise<typeof import('@chengxin/kit/call/call')> =>
    import('../bench/without/call.js'),
  './decision.js': (): Promise<typeof import('@chengxin/archive/access/decision')> =>
    import('../bench/without/decision.js'),
  './jobs.js': (): Promise<typeof import('@chengxin/kit/server/jobs')> =>
    import('../bench/without/jobs.js'),
  './judge.js': (): Promise<typeof import('@chengxin/kit/schema/judge')> =>
    import('../bench/without/judge.js'),
  './open-decision.js': (): Promise<typeof import('@chengxin/kit/privacy/decision')> =>
    import('../bench/without/open-decision.js'),
  './opening.js': (): Promise<typeof import('@chengxin/archive/student/opening')> =>
    import('../bench/without/opening.js'),
  './reader.js': (): Promise<typeof import('@chengxin/kit/feed/reader')> =>
    import('../bench/without/reader.js'),
  './sealed-decision.js': (): Promise<typeof import('@chengxin/archive/access/sealed-decision')> =>
    import('../bench/without/sealed-decision.js'),
  './shield.js': (): Promise<typeof import('@chengxin/kit/schema/shield')> =>
    import('../bench/without/shield.js'),
  './student.js': (): Promise<typeof import('@chengxin/kit/read/student')> =>
    import('../bench/without/student.js'),
  './write.js': (): Promise<typeof import('@chengxin/kit/disclosure/write')> =>
    import('../bench/without/write.js'),
};

test('what stands in for a part of the guard exports what that part exports', async () => {
  const parts = Object.values(STAND_INS).flatMap((one) => Object.entries(one));
  expect(parts.map(([, standIn]) => standIn).toSorted()).toEqual(
    Object.keys(STANDING_IN).toSorted(),
  );
  for (const [part, standIn] of parts) {
    const source = part.replace(/^\/(\w+)\/dist\/(.+)\.js$/, '@chengxin/$1/$2');
    const there = Object.keys((await STANDING_IN[standIn]?.()) ?? {});
    expect(there).toEqual(expect.arrayContaining(Object.keys((await import(source)) as object)));
  }
});

const figures = (perSecond: number, ...ms: [number, number, number]): Figures => ({
  perSecond,
  gatewayMs: ms[0],
  officesMs: ms[1],
  postgresMs: ms[2],
});
const row = (name: string, of: Figures, more: Partial<Row> = {}): Row => ({
  name,
  figures: of,
  statements: 4,
  errors: 0,
  isAlike: true,
  ...more,
});
const MEASURED: Measured = {
  name: 'a page',
  rows: [
    row(OURS, figures(10, 4, 6, 2)),
    row(OURS_BARE, figures(15, 4, 3, 1)),
    row(STOCK, figures(20, 8, 2, 1), { errors: 3, isAlike: false }),
    { name: FLOOR, figures: figures(500, 0.5, 0, 0.25), errors: 0, isAlike: true },
  ],
};

describe('the tables of the comparison', () => {
  test('show what everybody does, who answers otherwise, and who is missing', () => {
    expect(caseTable(MEASURED, [['Hive Gateway', 'not installed']])).toEqual([
      '| a page | requests/s | to ours | gateway ms | offices ms | PostgreSQL ms | statements | answers |',
      '| --- | --: | --: | --: | --: | --: | --: | --: |',
      '| ours, everything on | 10.0 | × 1.00 | 4.00 | 6.00 | 2.00 | 4.0 | the same |',
      '| ours, bare offices | 15.0 | × 1.50 | 4.00 | 3.00 | 1.00 | 4.0 | the same |',
      '| stock @apollo/gateway | 20.0 | × 2.00 | 8.00 | 2.00 | 1.00 | 4.0 | **others**, **errors: 3** |',
      '| floor: SQL by hand | 500 | × 50.0 | 0.50 | – | 0.25 | – | the same |',
      '| Hive Gateway | – | – | – | – | – | – | not installed |',
    ]);
  });

  test('compare privacy, gateway, Node and PostgreSQL', () => {
    expect(ratioTable([MEASURED]).slice(2)).toEqual([
      '| privacy: requests/s of ours over bare offices to ours in whole | × 1.50 |',
      '| privacy: processor time of ours in whole to ours over bare offices | × 1.50 |',
      '| gateway: processor time of ours to stock | × 0.50 |',
      '| Node: gateway and offices of ours to the floor | × 20.0 |',
      '| Node: gateway and offices of stock to the floor | × 20.0 |',
      '| PostgreSQL: ours to the floor | × 8.00 |',
      '| PostgreSQL: stock to the floor | × 4.00 |',
    ]);
  });

  test('compare with a dash where a contestant is missing', () => {
    const alone = { ...MEASURED, rows: MEASURED.rows.filter(({ name }) => name !== STOCK) };
    expect(ratioTable([alone])[4]).toBe('| gateway: processor time of ours to stock | – |');
  });

  test('show the growth by offices and by students', () => {
    const one = { name: '1', rows: [row(OURS, figures(40, 1, 2, 1))] };
    const two = { name: '2', rows: [row(OURS, figures(20, 2, 4, 2), { errors: 1 })] };
    expect(officesTable([one, two])).toEqual([
      '| offices | ours, everything on: requests/s | processor ms | to one office |',
      '| --- | --: | --: | --: |',
      '| 1 | 40.0 | 4.00 | × 1.00 |',
      '| 2 | 20.0 (the same, **errors: 1**) | 8.00 | × 2.00 |',
    ]);
    expect(sizesTable([2000, 20_000], [one], [{ ...two, name: '1' }])).toEqual([
      '| students | requests/s of 2,000 | requests/s of 20,000 | processor time | answers |',
      '| --- | --: | --: | --: | --: |',
      '| 1: ours, everything on | 40.0 | 20.0 | × 2.00 | the same, **errors: 1** |',
    ]);
  });
});
