/** What fields are declared to cost (DOMAIN 3.7(10), docs/decisions/0014). */
import { readFileSync } from 'node:fs';
import { FIELD_COSTS, LIST_SIZES } from '@chengxin/gateway/limits/declared-costs';
import { readFieldOffices } from '@chengxin/gateway/limits/field-offices';
import { publicSchema } from '@chengxin/gateway/limits/public-schema';
import { readPolicies } from '@chengxin/gateway/privacy/policies';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import {
  buildASTSchema,
  getNullableType,
  isListType,
  isObjectType,
  parse,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';

const SDL = readFileSync(SUPERGRAPH_FILE, 'utf8');
const schema = buildASTSchema(parse(SDL), { assumeValidSDL: true });
const open = publicSchema(schema, readPolicies(SDL));

/** Lists that come with the product, and not from an office's work. */
const PUBLISHED = [
  'indicators',
  'catalogue',
  'ruleSets',
  'noticeVersions',
  'policyDocuments',
  'queryProcedures',
  'commitmentTemplates',
  'stateMachines',
];

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

/** `Type.field` of all lists that are no pages. */
const listsOf = (of: GraphQLSchema): string[] =>
  Object.values(of.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || type.name.startsWith('__') || type.name.endsWith('Connection'))
      return [];
    return Object.values(type.getFields())
      .filter((field) => isListType(getNullableType(field.type)))
      .filter((field) => !field.args.some(({ name }) => name === 'first'))
      .map(({ name }) => `${type.name}.${name}`);
  });

test('every declared cost is that of a field of the graph, every size that of a list without pages', () => {
  const offices = readFieldOffices(SDL);
  const lists = new Set(listsOf(schema));
  expect(Object.keys(FIELD_COSTS).filter((name) => !offices.has(name))).toEqual([]);
  expect(Object.keys(LIST_SIZES).filter((name) => !lists.has(name))).toEqual([]);
});

test('the size of every list that anybody may select without a login is declared', () => {
  expect(listsOf(open).filter((name) => !(name in LIST_SIZES))).toEqual([]);
});

test('no published list is longer than it is declared', async () => {
  const { data } = await college.request(
    null,
    `{ codeSets { codes { code } } ${PUBLISHED.map((name) => `${name} { __typename }`).join(' ')} }`,
  );
  const answer = data as Record<string, readonly Record<string, readonly unknown[]>[]>;
  const longer = Object.entries(answer).filter(
    ([name, rows]) => rows.length > (LIST_SIZES[`Query.${name}`] ?? 0),
  );
  expect(longer.map(([name]) => name)).toEqual([]);
  const codes = answer['codeSets']?.flatMap((set) => set['codes'] ?? []) ?? [];
  const declared = (LIST_SIZES['Query.codeSets'] ?? 0) * (LIST_SIZES['CodeSet.codes'] ?? 0);
  expect(codes.length).toBeGreaterThan(0);
  expect(codes.length).toBeLessThanOrEqual(declared);
});

test('the public part of the graph has what PUBLIC may see, and no word of the rest', () => {
  expect(Object.keys(open.getQueryType()?.getFields() ?? {}).toSorted()).toMatchInlineSnapshot(`
    [
      "aidRounds",
      "catalogue",
      "codeSets",
      "commitmentTemplates",
      "evaluationRuns",
      "indicators",
      "modelCases",
      "noticeVersions",
      "policyDocuments",
      "providers",
      "queryProcedures",
      "ruleSets",
      "stateMachine",
      "stateMachines",
      "statisticReleases",
      "stats",
    ]
  `);
  expect(open.getMutationType()).toBe(undefined);
  expect(Object.keys(open.getTypeMap()).filter((name) => /Student|Bill|Grade/.test(name))).toEqual(
    [],
  );
});
