import type { SupergraphSdlHook } from '@apollo/gateway';
import { createPlanner } from '@chengxin/gateway/execute/planner';
import { guardGateway } from '@chengxin/gateway/privacy/guarded-gateway';
import { readPolicies } from '@chengxin/gateway/privacy/policies';
import { supergraphSource } from '@chengxin/gateway/privacy/supergraph-source';
import { judge } from '@chengxin/gateway/privacy/verdict';
import { afterEach, expect, test } from 'vitest';
import { compose } from './small-college-schema.js';

const started: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const gateway of started.splice(0)) await gateway.stop();
});

/** A supergraph of one office that imports these directives. */
const supergraph = (types: string, imports = '["@key", "@inaccessible", "@policy"]') =>
  compose({
    archive: `extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.12", import: ${imports}) ${types}`,
  });

const RULES = 'rules: Int @policy(policies: [["RULES"]])';
const silent = () => {};
const QUIET = { debug: silent, info: silent, warn: silent, error: silent };
const planner = (supergraphSdl: SupergraphSdlHook) =>
  createPlanner({
    supergraphSdl,
    sourceOf: (office) => ({ process: () => Promise.reject(new Error(office)) }),
    log: QUIET,
  });

test('each field of an object type is read with its policies, OR of ANDs', () => {
  const sdl = supergraph(`type Query {
    one: Int @policy(policies: [["RULES"]])
    both: Int @policy(policies: [["GRADES", "TUITION"]])
    either: Int @policy(policies: [["GRADES"], ["STAFF_IDENTITY", "TUITION"]])
  }`);

  expect(readPolicies(sdl)).toEqual(
    new Map([
      ['Query.one', [['RULES']]],
      ['Query.both', [['GRADES', 'TUITION']]],
      ['Query.either', [['GRADES'], ['STAFF_IDENTITY', 'TUITION']]],
    ]),
  );
});

test('keys and value types need no policy, inaccessible fields and types are nobody’s', () => {
  const sdl = supergraph(`type Query { page: Page @policy(policies: [["IDENTITY"]]) }
    type Page { nodes: [Grade!]! pageInfo: PageInfo! secret: Secret @inaccessible }
    type PageInfo { hasNextPage: Boolean! }
    type Secret @inaccessible { text: String }
    type Student @key(fields: "studentNo") {
      studentNo: ID!
      access: String @inaccessible
      name: String @policy(policies: [["IDENTITY"]])
    }
    type Grade @key(fields: "term student { studentNo }") @key(fields: "id") {
      id: ID!
      term: String!
      student: Student!
      score: Int @policy(policies: [["GRADES"]])
    }`);

  expect(readPolicies(sdl)).toEqual(
    new Map([
      ['Query.page', [['IDENTITY']]],
      ['Page.nodes', [[]]],
      ['Page.pageInfo', [[]]],
      ['Page.secret', [[]]],
      ['PageInfo.hasNextPage', [[]]],
      ['Student.studentNo', [[]]],
      ['Student.name', [['IDENTITY']]],
      ['Grade.id', [[]]],
      ['Grade.term', [[]]],
      ['Grade.student', [[]]],
      ['Grade.score', [['GRADES']]],
    ]),
  );
});

test('interfaces are not read, for composition writes the AND of their implementations there', () => {
  const sdl = supergraph(`type Query { facts: [Fact!] @policy(policies: [["RULES"]]) }
    interface Fact { note: String }
    type GradeFact implements Fact { note: String @policy(policies: [["GRADES"]]) }
    type BillFact implements Fact { note: String @policy(policies: [["TUITION"]]) }`);

  expect(sdl).toMatch(/interface Fact[^}]*note: String @policy\(policies: \[\["GRADES", "TUITION"/);
  expect(readPolicies(sdl)).toEqual(
    new Map([
      ['Query.facts', [['RULES']]],
      ['GradeFact.note', [['GRADES']]],
      ['BillFact.note', [['TUITION']]],
    ]),
  );
});

test('a renamed import of @policy is followed', () => {
  const sdl = supergraph(
    'type Query { rules: Int @guard(policies: [["RULES"]]) }',
    '[{ name: "@policy", as: "@guard" }]',
  );

  expect(sdl).toContain('import: [{name: "@policy", as: "@guard"}]');
  expect(readPolicies(sdl)).toEqual(new Map([['Query.rules', [['RULES']]]]));
});

test('a @policy spec that is linked under another name is followed', () => {
  const sdl = supergraph(`type Query { ${RULES} }`)
    .replace('policy/v0.1", for: SECURITY', 'policy/v0.1", as: "guard", for: SECURITY')
    .replaceAll('@policy(', '@guard(');

  expect(readPolicies(sdl)).toEqual(new Map([['Query.rules', [['RULES']]]]));
});

test.each([
  ['links no @policy', () => supergraph('type Query { open: Int }'), /carries no @policy/],
  [
    'leaves fields of an entity without policy',
    () =>
      supergraph(`type Query { ${RULES} }
        type Student @key(fields: "studentNo") { studentNo: ID! name: String phone: String }`),
    'The supergraph leaves fields without @policy: Student.name, Student.phone.',
  ],
  [
    'guards only some fields of a type without key',
    () =>
      supergraph(`type Query { rules: Rules @policy(policies: [["RULES"]]) }
        type Rules { open: Int shut: Int @policy(policies: [["RULES"]]) }`),
    'The supergraph leaves fields without @policy: Rules.open.',
  ],
  [
    'leaves a query without policy, be it the only one',
    () => supergraph(`type Query { open: Int } type Rules { ${RULES} }`),
    'The supergraph leaves fields without @policy: Query.open.',
  ],
  [
    'leaves a mutation without policy, be it the only one',
    () => supergraph(`type Query { ${RULES} } type Mutation { act: Int }`),
    'The supergraph leaves fields without @policy: Mutation.act.',
  ],
  [
    'carries @policy on an object type',
    () =>
      supergraph(`type Query { rules: Rules @policy(policies: [["RULES"]]) }
        type Rules @policy(policies: [["RULES"]]) { ${RULES} }`),
    'Rules carries @policy as a type; only fields may.',
  ],
  [
    'carries @policy on a scalar',
    () =>
      supergraph(`type Query { ${RULES} day: Day @policy(policies: [["RULES"]]) }
        scalar Day @policy(policies: [["RULES"]])`),
    'Day carries @policy as a type; only fields may.',
  ],
  [
    'carries @policy on an enum',
    () =>
      supergraph(`type Query { ${RULES} kind: Kind @policy(policies: [["RULES"]]) }
        enum Kind @policy(policies: [["RULES"]]) { A }`),
    'Kind carries @policy as a type; only fields may.',
  ],
  [
    'has a policy that everybody meets',
    () => supergraph('type Query { open: Int @policy(policies: [["RULES"], []]) }'),
    'The @policy of Query.open names no policy.',
  ],
  [
    'has a policy without names',
    () => supergraph('type Query { open: Int @policy(policies: []) }'),
    'The @policy of Query.open names no policy.',
  ],
  ['is no SDL', () => 'type Query {', /^Syntax Error/],
])('a supergraph that %s is refused', (_, sdl, reason) => {
  const text = sdl();

  expect(() => readPolicies(text)).toThrow(reason);
  expect(() => supergraphSource(text)).toThrow(reason);
});

test('a field that the policies do not know is shut', () => {
  expect(
    judge(new Map(), { role: 'SCHOOL_ADMIN', purpose: 'ADMIN_REVIEW' }, 'Student', 'name', false),
  ).toEqual({
    open: [],
    refusals: [{ code: 'FORBIDDEN_FIELD', group: '?', clause: '?', rule: 'SCHOOL_ADMIN.?' }],
  });
});

test('a gateway without the filter cannot start, one with it can', async () => {
  const sdl = supergraph(`type Query { ${RULES} }`);
  const bare = planner(async () => ({ supergraphSdl: sdl }));
  const guarded = guardGateway({
    supergraph: supergraphSource(sdl),
    refused: async () => {},
    makeGateway: planner,
  });
  started.push(guarded);

  await expect(bare.load()).rejects.toThrow(/policy.*is for: SECURITY but is unsupported/);
  const { executor } = await guarded.load({ apollo: {} });
  expect(executor).toBeTypeOf('function');
});

test('what the filter does not enforce still keeps the gateway from starting', async () => {
  const sdl = supergraph(
    'type Query { rules: Int @authenticated @policy(policies: [["RULES"]]) }',
    '["@policy", "@authenticated"]',
  );
  const guarded = guardGateway({
    supergraph: supergraphSource(sdl),
    refused: async () => {},
    makeGateway: planner,
  });

  await expect(guarded.load({ apollo: {} })).rejects.toThrow(
    /authenticated.*is for: SECURITY but is unsupported/,
  );
});
