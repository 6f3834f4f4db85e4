/** Nothing is open because somebody forgot: the served schemas, walked, and the walker, tried. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OFFICES } from '@chengxin/gateway/offices';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import {
  Kind,
  parse,
  type DocumentNode,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { holesIn, holesOf } from './holes.js';

const ROOT = join(import.meta.dirname, '../..');
const SCHEMAS = [
  ['the supergraph', SUPERGRAPH_FILE],
  ...OFFICES.map(({ name }) => [name, join(ROOT, 'subgraphs', name, 'schema.graphql')]),
].map(([name = '', file = '']) => ({
  name,
  document: parse(readFileSync(file, 'utf8'), { noLocation: true }),
}));

const isGuarded = ({ directives }: FieldDefinitionNode): boolean =>
  directives?.some(({ name }) => name.value === 'policy') ?? false;

/** Every field that has a policy, by `Type.field`. */
const guardedIn = (document: DocumentNode): string[] =>
  document.definitions
    .filter((node): node is ObjectTypeDefinitionNode => node.kind === Kind.OBJECT_TYPE_DEFINITION)
    .flatMap((type) =>
      (type.fields ?? [])
        .filter(isGuarded)
        .map((field) => `${type.name.value}.${field.name.value}`),
    );

/** The document with one field changed. */
function changing(
  document: DocumentNode,
  where: string,
  change: (field: FieldDefinitionNode) => FieldDefinitionNode,
): DocumentNode {
  const [name, changed] = where.split('.');
  const definitions = document.definitions.map((node) => {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION || node.name.value !== name) return node;
    const fields = node.fields?.map((one) => (one.name.value === changed ? change(one) : one));
    return { ...node, ...(fields && { fields }) };
  });
  return { ...document, definitions };
}

const withoutPolicy = (field: FieldDefinitionNode): FieldDefinitionNode => ({
  ...field,
  directives: field.directives?.filter(({ name }) => name.value !== 'policy') ?? [],
});
const neverNull = (field: FieldDefinitionNode): FieldDefinitionNode =>
  field.type.kind === Kind.NON_NULL_TYPE
    ? field
    : { ...field, type: { kind: Kind.NON_NULL_TYPE, type: field.type } };

describe.each(SCHEMAS)('$name', ({ document }) => {
  test('has no field or operation without a group, no mutation without a row, no hard entrance', () => {
    expect(holesOf(document)).toEqual([]);
  });

  test('any one group that is forgotten is found by name', () => {
    const guarded = guardedIn(document);
    const silent = guarded.filter((where) => {
      const holes = holesOf(changing(document, where, withoutPolicy));
      return holes.join() !== `${where} has no group`;
    });
    // An office may be small; one without a guarded field would prove nothing here.
    expect(guarded.length).toBeGreaterThan(0);
    expect(silent).toEqual([]);
  });

  test('any one entrance that cannot be null is found by name', () => {
    const entrances = guardedIn(document).filter((where) => /^(Query|Student)\./.test(where));
    const silent = entrances.filter((where) => {
      const holes = holesOf(changing(document, where, neverNull));
      return holes.join() !== `${where} is an entrance that cannot be null`;
    });
    expect(silent).toEqual([]);
  });
});

const QUERY = 'type Query { bill: Bill @policy(policies: [["TUITION"]]) }';

test('a type that is stripped of all groups is found field by field', () => {
  expect(holesIn(`${QUERY} type Bill { billNo: ID amountFen: Int }`)).toEqual([
    'Bill.billNo has no group',
    'Bill.amountFen has no group',
  ]);
});

test('a value type is free, but not below an operation without a group', () => {
  const value = 'type Total { fen: Int! }';
  const bill = 'type Bill { total: Total @policy(policies: [["TUITION"]]) }';
  expect(holesIn(`${QUERY} ${bill} ${value}`)).toEqual([]);
  expect(holesIn(`${QUERY} ${bill} ${value} extend type Query { total: Total }`)).toEqual([
    'Query.total has no group',
  ]);
});

test('a key that leads to an object is no key', () => {
  const bill = 'type Bill @key(fields: "student { studentNo }") { student: Student }';
  const student = 'type Student @key(fields: "studentNo") { studentNo: ID! }';
  expect(holesIn(`${QUERY} ${bill} ${student}`)).toEqual([
    'Bill.student is a key that returns an object',
  ]);
});

test('a mutation needs the row that names it: no group, no other action, no invented one (INV-19)', () => {
  const bill = 'type Bill { billNo: ID @policy(policies: [["TUITION"]]) }';
  const mutations = `type Mutation {
    bare: Bill
    approveBill: Bill @policy(policies: [["TUITION"]])
    approveDeferral: Bill @policy(policies: [["deferral.propose"]])
    proposeDeferral: Bill @policy(policies: [["deferral.propose"]])
    inventDeferral: Bill @policy(policies: [["deferral.invent"]])
    twice: Bill @policy(policies: [["deferral.propose", "deferral.approve"]])
  }`;
  expect(holesIn(`${QUERY} ${bill} ${mutations}`)).toEqual([
    'Mutation.bare has no group',
    'Mutation.approveBill has no row of the action table',
    'Mutation.approveDeferral takes deferral.propose, whose mutation is proposeDeferral',
    'Mutation.inventDeferral has no row of the action table',
    'Mutation.twice has no row of the action table',
  ]);
});

test('a group that no table knows is no group', () => {
  const bill = 'type Bill { billNo: ID @policy(policies: [["TUTION"]]) }';
  expect(holesIn(`${QUERY} ${bill}`)).toEqual(['Bill.billNo has the unknown group TUTION']);
});

test('what a mask may leave nothing of can be null (DOMAIN 2.7)', () => {
  const arrears = `type Query { arrearsList: Arrears @policy(policies: [["TUITION"]]) }
    type Arrears { outstandingFen: Int! @policy(policies: [["TUITION"]])
                   category: String! @policy(policies: [["TUITION"]]) }`;
  expect(holesIn(arrears)).toEqual(['Arrears.outstandingFen is masked and cannot be null']);
});
