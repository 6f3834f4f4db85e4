/**
 * In production somebody without a login learns no word of the schema: what he may not see and what
 * does not exist are one answer (DOMAIN 3.7(9)).
 */
import { readFileSync } from 'node:fs';
import { publicSchema } from '@chengxin/gateway/limits/public-schema';
import { LIMITS_OF_ONE_CALLER } from '@chengxin/gateway/limits/settings';
import { readPolicies } from '@chengxin/gateway/privacy/policies';
import { startGateway, type RunningGateway } from '@chengxin/gateway/server';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { sentence } from '@chengxin/kit/errors';
import {
  buildASTSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
  parse,
  type GraphQLSchema,
} from 'graphql';
import { Pool } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { besideIt } from '../support/gateway-beside.js';
import { countStatements } from '../support/statements.js';

const SDL = readFileSync(SUPERGRAPH_FILE, 'utf8');
const schema = buildASTSchema(parse(SDL), { assumeValidSDL: true });
const open = publicSchema(schema, readPolicies(SDL));

/** Every name of a schema by what it is a name of. */
function wordsOf(of: GraphQLSchema) {
  const types = Object.values(of.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const fields = types.filter(isObjectType).flatMap((type) => Object.values(type.getFields()));
  const inputs = types.filter(isInputObjectType).flatMap((type) => Object.keys(type.getFields()));
  return {
    types: types.map(({ name }) => name),
    fields: fields.map(({ name }) => name),
    inputs,
    args: fields.flatMap(({ args }) => args.map(({ name }) => name)),
    values: types.filter(isEnumType).flatMap((type) => type.getValues().map(({ name }) => name)),
    directives: of.getDirectives().map(({ name }) => name),
  };
}
const ALL = wordsOf(schema);
const WORDS = [...new Set(Object.values(ALL).flat())].toSorted();
const PUBLIC = new Set(Object.values(wordsOf(open)).flat());
/** What is hidden, as a word that is no name of anything public either. */
const HIDDEN = WORDS.filter((word) => !PUBLIC.has(word) && word !== 'skip' && word !== 'include');

/** Where a word can be tried: in every kind of place that the language has. */
const PLACES: Readonly<Record<string, (word: string) => string>> = {
  'as a root field': (word) => `{ ${word} }`,
  'as a root field with its argument': (word) => `{ ${word}(studentNo: "2024010317") { name } }`,
  'as a page': (word) => `{ ${word}(first: 100) { nodes { studentNo } } }`,
  'as a field of something public': (word) => `{ codeSets { ${word} } }`,
  'as a field below a field': (word) => `{ student(studentNo: "1") { ${word} } }`,
  'as an argument': (word) => `{ codeSets(${word}: 1) { name } }`,
  'as a value': (word) => `{ codeSets(name: ${word}) { name } }`,
  'as a key of an input object': (word) =>
    `{ students(filter: { ${word}: 1 }) { nodes { name } } }`,
  'as a type of a fragment': (word) => `{ ... on ${word} { __typename } }`,
  'as a type of a variable': (word) => `query ($x: ${word}) { codeSets(name: $x) { name } }`,
  'as a directive': (word) => `{ codeSets @${word} { name } }`,
  'as a mutation': (word) => `mutation { ${word} { id } }`,
  'as a type that is selected': (word) => `{ __type(name: "${word}") { name } }`,
};

let college: TestCollege;
let closed: RunningGateway;
let pool: Pool;
beforeAll(async () => {
  college = await startCollege();
  const nobody = { issuer: 'https://nobody.invalid', audience: 'nobody' };
  closed = await startGateway(await besideIt(college, nobody, { limits: LIMITS_OF_ONE_CALLER }));
  pool = new Pool(closed.origin, { connections: 4 });
});
afterAll(async () => {
  await pool.close();
  await closed.stop();
  await college.stop();
});

async function request(query: string, variables: object = {}) {
  const answer = await pool.request({
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { 'x-request-id': _, date: __, ...headers } = answer.headers;
  return JSON.stringify({ status: answer.statusCode, headers, body: await answer.body.text() });
}

const NONSENSE = 'qzxv';
const REFUSED = {
  errors: [{ message: sentence('VALIDATION'), extensions: { code: 'VALIDATION' } }],
};

test('the list of words is that of the schema', () => {
  expect(HIDDEN.length).toBeGreaterThan(700);
  expect(HIDDEN).toEqual(expect.arrayContaining(['student', 'Bill', 'arrears', 'StudentFilter']));
});

test.each(Object.entries(PLACES))(
  'a name of ours %s is answered as a word that means nothing',
  async (_, place) => {
    const nonsense = await request(place(NONSENSE));
    expect(JSON.parse(JSON.parse(nonsense).body)).toEqual(REFUSED);
    const { result: leaks, statements } = await countStatements(async () => {
      const different: string[] = [];
      for (const word of HIDDEN)
        if ((await request(place(word))) !== nonsense) different.push(word);
      return different;
    });
    expect(leaks).toEqual([]);
    expect(statements).toEqual([]);
  },
);

test('mistakes with what is public are answered as words that mean nothing', async () => {
  const nonsense = await request(`{ ${NONSENSE} }`);
  const mistakes = [
    '{ codeSets }',
    '{ codeSets { codes } }',
    '{ codeSets { name { x } } }',
    '{ codeSets(name: 1) { name } }',
    '{ stats { metric } }',
    '{ codeSets { name } codeSets: indicators { code } }',
    'query ($x: Int!) { codeSets(name: $x) { name } }',
    '{ __schema { types { name } } }',
    '{ codeSets { name } __type(name: "CodeSet") { fields { name } } }',
    `query ($${NONSENSE}: String) { codeSets { name } }`,
  ];
  for (const mistake of mistakes)
    expect([mistake, await request(mistake)]).toEqual([mistake, nonsense]);
});

test('what is public is answered', async () => {
  const answer = JSON.parse(await request('{ codeSets(name: "sex") { name } }')) as {
    body: string;
  };
  expect(JSON.parse(answer.body)).toEqual({ data: { codeSets: [{ name: 'sex' }] } });
});

test('no answer names the product that serves', async () => {
  const answers = await Promise.all([
    request('{ __schema { types { name } } }'),
    request('{'),
    request(''),
    request('query A { __typename } query B { __typename }'),
    request('query ($n: String!) { codeSets(name: $n) { name } }'),
    request('query ($n: String!) { codeSets(name: $n) { name } }', { n: { a: 1 } }),
  ]);
  expect(answers.filter((text) => /apollo|graphql-js|graphql operations/i.test(text))).toEqual([]);
});
