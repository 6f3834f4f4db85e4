/** Errors of fields and subgraphs, nulls where none may be, and values that do not fit their type. */
import { GraphQLError } from 'graphql';
import type { Answer } from '../answer.js';
import type { ConformanceSupergraph, Values } from '../supergraph.js';
import { link } from '../world.js';

/** Throws where a record says so. */
const failing =
  (field: string) =>
  (source: Values): unknown => {
    const value = source[field];
    if (value === 'fails') throw new GraphQLError(`No ${field}.`, { extensions: { code: 'LOST' } });
    return value;
  };

const entityErrors: ConformanceSupergraph = {
  name: 'an error for an entity in the middle of a list',
  subgraphs: {
    a: `
      type Query { lots: [Lot]! groups: [Group!] }
      type Group { lots: [[Lot]] }
      type Lot @key(fields: "id") { id: ID! name: String }`,
    b: {
      typeDefs:
        'type Lot @key(fields: "id") { id: ID! price: Int sure: Int! parts: [Part!] } type Part { no: Int }',
      resolvers: {
        Lot: {
          __reference({ id }) {
            if (id === '2') throw new GraphQLError('No lot 2.', { extensions: { code: 'LOST' } });
            return undefined;
          },
        },
      },
    },
  },
  records: () => ({
    Lot: [
      { id: '1', name: 'a', price: 1, sure: 1, parts: [{ no: 1 }] },
      { id: '2', name: 'b', price: 2, sure: 2, parts: [] },
      { id: '3', name: null, price: 3, sure: 3, parts: null },
    ],
    Group: [
      { lots: [[link('Lot', { id: '3' }), null, link('Lot', { id: '2' })], null] },
      { lots: [[], [link('Lot', { id: '2' })]] },
    ],
  }),
  isPartial: true,
  cases: [
    { query: '{ lots { name price } }' },
    { query: '{ lots { id sure } }' },
    { query: '{ lots { parts { no } } groups { lots { name } } }' },
    { query: '{ groups { lots { price } } }' },
  ],
};

const fieldErrors: ConformanceSupergraph = {
  name: 'an error for a field in a list',
  subgraphs: {
    a: `
      type Query { cars: [Car!]! race: [Car] }
      type Car @key(fields: "id") { id: ID! colour: String wheels: [Wheel] }
      type Wheel { size: Int }`,
    b: `
      type Car @key(fields: "id") { id: ID! speed: Int doors: [Door] owner: Owner }
      type Door { lock: String! side: String }
      type Owner { name: String! phone: String }`,
  },
  records: () => ({
    Car: [
      { id: '1', colour: 'red', wheels: [{ size: 1 }], speed: 9, doors: [], owner: null },
      {
        id: '2',
        colour: 'fails',
        wheels: [{ size: 2 }, { size: 'fails' }, null],
        speed: 'fails',
        doors: [{ lock: 'l', side: 'fails' }, null, { lock: 'fails', side: 'right' }],
        owner: { name: 'Li', phone: 'fails' },
      },
      { id: '3', colour: null, wheels: null, speed: null, doors: null, owner: { name: 'fails' } },
    ],
  }),
  resolvers: {
    Car: { colour: failing('colour'), speed: failing('speed') },
    Wheel: { size: failing('size') },
    Door: { lock: failing('lock'), side: failing('side') },
    Owner: { name: failing('name'), phone: failing('phone') },
  },
  cases: [
    { query: '{ cars { colour } }' },
    { query: '{ cars { colour speed } race { wheels { size } } }' },
    { query: '{ cars { id doors { lock side } } }' },
    { query: '{ cars { owner { name phone } doors { side } } }' },
    { query: '{ cars { owner { phone } } race { fast: speed } }' },
  ],
};

const SHIFTED = 'It counts entities that it did not ask for, and names the place of another.';

const skippedEntities: ConformanceSupergraph = {
  name: 'an error for an entity after one that is not fetched',
  subgraphs: {
    a: `
      type Query { mixed: [Mixed] twins: [Exam!]! nested: [[Mixed!]] }
      union Mixed = Exam | Trip | Note
      type Exam @key(fields: "id") { id: ID! }
      type Trip @key(fields: "id") { id: ID! }
      type Note { text: String }`,
    b: `
      type Exam @key(fields: "id") { id: ID! grade: Int items: [Item] }
      type Item { no: Int }
      type Trip @key(fields: "id") { id: ID! miles: Int! }`,
  },
  records: () => ({
    Note: [{ text: 'n' }],
    Trip: [
      { id: 't1', miles: 3 },
      { id: 't2', miles: 'fails' },
    ],
    Exam: [
      { id: 'e1', grade: 1, items: null },
      { id: 'e2', grade: 'fails', items: [{ no: 1 }, { no: 'fails' }] },
    ],
  }),
  resolvers: {
    Query: {
      mixed: (_, __, world) => [null, ...world.all('Trip', 'Note', 'Exam')],
      nested: (_, __, world) => [world.all('Trip'), null, world.all('Note', 'Exam')],
      twins: (_, __, world) => [...world.all('Exam').toReversed(), ...world.all('Exam')],
    },
    Exam: { grade: failing('grade') },
    Trip: { miles: failing('miles') },
    Item: { no: failing('no') },
  },
  cases: [
    {
      query: '{ mixed { ... on Trip { id miles } } }',
      expected: {
        why: SHIFTED,
        data: { mixed: [null, {}, { id: 't1', miles: 3 }, null, {}, {}] },
        errors: [{ path: ['mixed', 3, 'miles'], message: 'No miles.' }],
      },
    },
    {
      query: '{ mixed { ... on Exam { grade } } }',
      expected: {
        why: SHIFTED,
        data: { mixed: [null, {}, {}, {}, { grade: 1 }, { grade: null }] },
        errors: [{ path: ['mixed', 5, 'grade'], message: 'No grade.' }],
      },
    },
    {
      query: '{ mixed { ... on Exam { items { no } } ... on Note { text } } }',
      expected: {
        why: SHIFTED,
        data: {
          mixed: [
            null,
            { text: 'n' },
            {},
            {},
            { items: null },
            { items: [{ no: 1 }, { no: null }] },
          ],
        },
        errors: [{ path: ['mixed', 5, 'items', 1, 'no'], message: 'No no.' }],
      },
    },
    {
      query: '{ nested { ... on Exam { grade } ... on Trip { miles } } }',
      expected: {
        why: SHIFTED,
        data: { nested: [null, null, [{}, { grade: 1 }, { grade: null }]] },
        errors: [
          { path: ['nested', 0, 1, 'miles'], message: 'No miles.' },
          { path: ['nested', 2, 2, 'grade'], message: 'No grade.' },
        ],
      },
    },
    {
      query: '{ nested { ... on Exam { grade } ... on Note { text } } }',
      expected: {
        why: SHIFTED,
        data: { nested: [[{}, {}], null, [{ text: 'n' }, { grade: 1 }, { grade: null }]] },
        errors: [{ path: ['nested', 2, 2, 'grade'], message: 'No grade.' }],
      },
    },
    { query: '{ twins { grade items { no } } }' },
  ],
};

const down: ConformanceSupergraph = {
  name: 'a subgraph that is down',
  subgraphs: {
    a: `
      type Query { shops: [Shop!]! shop: Shop }
      type Shop @key(fields: "id") { id: ID! name: String }`,
    b: {
      typeDefs: `
        type Query { offers: [String!] sales: [Int!]! }
        type Shop @key(fields: "id") { id: ID! open: Boolean hours: Int! }`,
      change() {
        throw new GraphQLError('Subgraph b is down.', { extensions: { code: 'DOWN' } });
      },
    },
    c: 'type Shop @key(fields: "id") { id: ID! rent: Int }',
  },
  records: () => ({
    Shop: [
      { id: '1', name: 'One', open: true, hours: 8, rent: 5 },
      { id: '2', name: null, open: null, hours: 0, rent: null },
    ],
  }),
  isPartial: true,
  cases: [
    { query: '{ shops { name open rent } }' },
    { query: '{ shop { name hours } }' },
    { query: '{ shops { name hours rent } }' },
    { query: '{ offers shops { rent } }' },
    { query: '{ sales shops { rent } }' },
  ],
};

const empty: ConformanceSupergraph = {
  name: 'a subgraph that answers errors without data',
  subgraphs: {
    a: 'type Query { pages: [Page]! page: Page } type Page @key(fields: "id") { id: ID! text: String }',
    b: {
      typeDefs: 'type Query { size: Int } type Page @key(fields: "id") { id: ID! links: [ID!] }',
      change: (): Answer => ({
        errors: [
          { message: 'Refused.', extensions: { code: 'REFUSED' } },
          { message: '', path: ['_entities', 1, 'links'] },
        ],
      }),
    },
    c: {
      typeDefs: 'type Page @key(fields: "id") { id: ID! views: Int }',
      change: (): Answer => ({ data: null }),
    },
  },
  records: () => ({
    Page: [
      { id: '1', text: 'x', links: ['2'], views: 4 },
      { id: '2', text: null, links: [], views: 5 },
    ],
  }),
  isPartial: true,
  cases: [
    { query: '{ pages { text links } }' },
    { query: '{ page { views text } size }' },
    { query: '{ pages { links views } }' },
  ],
};

const throughEntities: ConformanceSupergraph = {
  name: 'nulls of non-null fields through entities',
  subgraphs: {
    a: `
      type Query { wards: [Ward!] strict: [Ward!]! ward(id: ID!): Ward sure(id: ID!): Ward! }
      type Ward @key(fields: "id") { id: ID! beds: [Bed!] first: Bed! name: String }
      type Bed @key(fields: "no") { no: Int! }`,
    b: 'type Bed @key(fields: "no") { no: Int! nurse: Nurse! patient: String } type Nurse { name: String! }',
    c: 'type Ward @key(fields: "id") { id: ID! head: String! }',
  },
  records: () => ({
    Bed: [
      { no: 1, nurse: { name: 'Li' }, patient: 'p' },
      { no: 2, nurse: null, patient: null },
      { no: 3, nurse: { name: null }, patient: 'q' },
    ],
    Ward: [
      {
        id: '1',
        beds: [link('Bed', { no: 1 })],
        first: link('Bed', { no: 1 }),
        name: 'one',
        head: 'Wu',
      },
      {
        id: '2',
        beds: [link('Bed', { no: 1 }), link('Bed', { no: 2 })],
        first: link('Bed', { no: 3 }),
        name: 'two',
        head: null,
      },
      { id: '3', beds: null, first: link('Bed', { no: 1 }), name: null, head: 'Ma' },
    ],
  }),
  cases: [
    { query: '{ ward(id: "1") { beds { nurse { name } } head } }' },
    { query: '{ ward(id: "2") { beds { nurse { name } } name } }' },
    { query: '{ ward(id: "2") { name first { patient } } other: ward(id: "2") { head } }' },
    { query: '{ ward(id: "2") { first { nurse { name } } name } sure(id: "1") { head } }' },
    { query: '{ wards { head } ward(id: "1") { name } }' },
    { query: '{ strict { head } ward(id: "1") { name } }' },
    { query: '{ wards { id beds { nurse { name @include(if: false) } } } }' },
    { query: '{ sure(id: "2") { head } }' },
    { query: '{ sure(id: "2") { name } ward(id: "3") { beds { nurse { name } } first { no } } }' },
  ],
};

const roots: ConformanceSupergraph = {
  name: 'nulls of non-null root fields',
  subgraphs: {
    a: 'type Query { one: Int! list: [Int!]! deep: [[Text!]]! } type Text { en: String! }',
    b: 'type Query { two: String sure: String! }',
  },
  records: () => ({}),
  resolvers: {
    Query: {
      one: () => 1,
      list: () => [1, null],
      deep: () => [[{ en: 'x' }, { en: null }], null, [{ en: 'y' }]],
      two: () => 'two',
      sure: () => null,
    },
  },
  cases: [
    { query: '{ one two }' },
    { query: '{ deep { en } two }' },
    { query: '{ one sure two }' },
    { query: '{ list two }' },
  ],
};

/** Puts other values in the place of some, as a subgraph does whose server checks nothing. */
const replacing =
  (values: Values) =>
  (answer: Answer): Answer =>
    JSON.parse(JSON.stringify(answer), (_, value: unknown) =>
      typeof value === 'string' && value in values ? values[value] : value,
    );

const misfits: ConformanceSupergraph = {
  name: 'values that do not fit their type',
  subgraphs: {
    a: {
      typeDefs: `
        type Query { forms: [Form!]! }
        type Form @key(fields: "id") { id: ID! text: String kind: Kind any: Any }
        enum Kind { A B }
        union Any = Form | Leaf
        type Leaf { name: String }`,
      change: replacing({ 'a number': 5, 'no kind': 'A', 'a truth': true }),
    },
    b: {
      typeDefs: `
        type Form @key(fields: "id") {
          id: ID! count: String sure: String! list: [String!] all: [String] leaf: Sprig half: String
        }
        type Sprig { no: String! other: String }`,
      change: replacing({ 'a number': 5, 'a list': ['x'], 'an object': { x: 1 } }),
    },
  },
  records: () => ({
    Form: [
      {
        id: '1',
        text: 'x',
        kind: 'A',
        any: null,
        count: '1',
        sure: 's',
        list: [],
        all: [],
        leaf: null,
        half: 'h',
      },
      {
        id: '2',
        text: 'a number',
        kind: 'B',
        any: { __typename: 'Leaf', name: 'a truth' },
        count: 'a number',
        sure: 's',
        list: ['x', 'a number'],
        all: ['a number', 'y'],
        leaf: { no: 'a number', other: 'o' },
        half: 'an object',
      },
    ],
  }),
  isPartial: true,
  cases: [
    { query: '{ forms { text kind } }' },
    { query: '{ forms { id count all } }' },
    { query: '{ forms { list any { ... on Leaf { name } } } }' },
    { query: '{ forms { leaf { no other } } }' },
    { query: '{ forms { half } }' },
  ],
};

export const failures = [
  entityErrors,
  fieldErrors,
  skippedEntities,
  down,
  empty,
  throughEntities,
  roots,
  misfits,
];
