/** What a client may write: lists, aliases, conditions, fragments, introspection. */
import type { ConformanceSupergraph } from '../supergraph.js';
import { link } from '../world.js';

/** Keys stand in the order of the operation (GraphQL specification, Serialized Map Ordering). */
const MOVED = 'It moves fields of a second fragment to the first of the same type.';

const listsWithNulls: ConformanceSupergraph = {
  name: 'lists with nulls',
  subgraphs: {
    a: `
      type Query { rows: [Row]! none: [Row] }
      type Row { cells: [Cell] texts: [String] }
      type Cell @key(fields: "id") { id: ID! }`,
    b: 'type Cell @key(fields: "id") { id: ID! value: Int marks: [Int] }',
  },
  records: () => ({
    Cell: [
      { id: '1', value: 1, marks: [null, 1, null] },
      { id: '2', value: null, marks: [] },
    ],
    Row: [
      {
        cells: [null, link('Cell', { id: '1' }), null, link('Cell', { id: '2' })],
        texts: [null, 'x'],
      },
      { cells: [], texts: [] },
      { cells: null, texts: null },
      { cells: [null], texts: [null] },
      { cells: [link('Cell', { id: '1' }), link('Cell', { id: '1' })], texts: ['y'] },
    ],
  }),
  resolvers: {
    Query: { rows: (_, __, world) => [null, ...world.all('Row'), null], none: () => null },
  },
  cases: [
    { query: '{ rows { cells { value marks } texts } none { texts } }' },
    { query: '{ rows { texts } }' },
    { query: '{ rows { cells { id } more: cells { marks } } }' },
  ],
};

const nestedLists: ConformanceSupergraph = {
  name: 'lists in lists',
  subgraphs: {
    a: `
      type Query { grid: [[Tile]]! strict: [[Tile!]!] }
      type Tile @key(fields: "id") { id: ID! cube: [[[Int]]] }`,
    b: 'type Tile @key(fields: "id") { id: ID! colour: String near: [[Tile!]] }',
  },
  records: () => ({
    Tile: [
      {
        id: '1',
        cube: [[[1, null], null], null],
        colour: 'red',
        near: [[link('Tile', { id: '2' })]],
      },
      { id: '2', cube: [], colour: null, near: [null, []] },
      { id: '3', cube: null, colour: 'blue', near: null },
    ],
  }),
  resolvers: {
    Query: {
      grid(_, __, world) {
        const [one, two, three] = world.all('Tile');
        return [[one, null, two], null, [], [three, one]];
      },
      strict: (_, __, world) => [world.all('Tile'), [], world.all('Tile').toReversed()],
    },
  },
  cases: [
    { query: '{ grid { colour cube } strict { colour } }' },
    { query: '{ grid { near { colour near { id cube } } } }' },
    { query: '{ strict { id near { id } } }' },
  ],
};

const aliases: ConformanceSupergraph = {
  name: 'aliases',
  subgraphs: {
    a: `
      type Query { users: [User!]! }
      type User @key(fields: "id") {
        id: ID! name: String! secret: String @inaccessible height: Int
      }`,
    b: `
      type User @key(fields: "id") {
        id: ID! height: Int @external secret: String @external nick: String age: Int
        size: Int @requires(fields: "height") word: String @requires(fields: "secret")
      }`,
  },
  records: () => ({
    User: [
      { id: '1', name: 'Li', secret: 's1', height: 170, nick: 'l', age: 20 },
      { id: '2', name: 'Wu', secret: null, height: null, nick: null, age: null },
    ],
  }),
  resolvers: {
    User: {
      size: ({ height }) => (height === null ? null : Math.floor(Number(height) / 10)),
      word: ({ secret }) => (typeof secret === 'string' ? `${secret}!` : secret),
    },
  },
  cases: [
    { query: '{ users { a: name b: nick a2: name } }' },
    { query: '{ people: users { key: id years: age } users { name } }' },
    { query: '{ users { nick: name name: nick } }' },
    { query: '{ users { kind: __typename nick } kind: __typename }' },
    {
      query: '{ users { id: name nick } }',
      expected: {
        why: 'It answers the key in the place of an alias that is named like it.',
        data: {
          users: [
            { id: 'Li', nick: 'l' },
            { id: 'Wu', nick: null },
          ],
        },
      },
    },
    { query: '{ users { id: age name } }' },
    {
      query: '{ users { height: name size } }',
      expected: {
        why: 'It sends the value of the alias in the place of the required field.',
        data: {
          users: [
            { height: 'Li', size: 17 },
            { height: 'Wu', size: null },
          ],
        },
      },
    },
    {
      query: '{ users { secret: name word } }',
      expected: {
        why: 'It sends the value of the alias in the place of the required field.',
        data: {
          users: [
            { secret: 'Li', word: 's1!' },
            { secret: 'Wu', word: null },
          ],
        },
      },
    },
    { query: '{ users { secret: age word } }' },
    { query: '{ users { size: height height: size } }' },
    { query: '{ users { __proto__: name nick } }' },
    { query: '{ users { toString: nick constructor: name } }' },
    { query: '{ users { _0: nick __alias: age } }' },
    {
      query: 'query ($without: Boolean!) { users { nick word @skip(if: $without) } }',
      variables: { without: true },
      fault: 'The required field is not fetched, and with it nothing of the fetch that needs it.',
    },
  ],
};

const conditions: ConformanceSupergraph = {
  name: '@skip and @include',
  subgraphs: {
    a: `
      type Query { tasks: [Task!]! count: Int }
      type Task @key(fields: "id") { id: ID! title: String! owner: Owner }
      type Owner @key(fields: "id") { id: ID! }`,
    b: 'type Task @key(fields: "id") { id: ID! hours: Int state: String! }',
    c: 'type Owner @key(fields: "id") { id: ID! name: String! tasks: [Task] } type Task @key(fields: "id", resolvable: false) { id: ID! }',
  },
  records: () => ({
    Owner: [{ id: 'o', name: 'Li', tasks: [link('Task', { id: '2' })] }],
    Task: [
      { id: '1', title: 'read', owner: link('Owner', { id: 'o' }), hours: 2, state: 'DONE' },
      { id: '2', title: 'write', owner: null, hours: null, state: 'OPEN' },
    ],
  }),
  resolvers: { Query: { count: () => 2 } },
  cases: [
    {
      query: 'query ($a: Boolean!) { tasks { title hours @include(if: $a) state @skip(if: $a) } }',
      variables: { a: true },
    },
    {
      query: 'query ($a: Boolean!) { tasks { title hours @include(if: $a) state @skip(if: $a) } }',
      variables: { a: false },
    },
    { query: 'query ($a: Boolean = false) { tasks { title hours @include(if: $a) } }' },
    {
      query: 'query ($a: Boolean! = true) { tasks { ... @skip(if: $a) { hours } title } }',
    },
    {
      query: 'query ($a: Boolean! = true) { tasks { ... @skip(if: $a) { hours } title } }',
      variables: { a: false },
    },
    {
      query: `query ($a: Boolean!, $b: Boolean!) {
        tasks @include(if: $a) @skip(if: $b) { owner @skip(if: $b) { name @include(if: $a) } title }
        count }`,
      variables: { a: true, b: false },
    },
    {
      query: `query ($a: Boolean!, $b: Boolean!) {
        tasks @include(if: $a) @skip(if: $b) { hours } count }`,
      variables: { a: true, b: true },
    },
    {
      query: `query ($a: Boolean!) { tasks { state @include(if: $a) hours state @skip(if: $a) } }`,
      variables: { a: true },
    },
    { query: '{ tasks @skip(if: true) { hours } count @include(if: true) }' },
    { query: '{ tasks @skip(if: true) { hours } }' },
    {
      query: `query ($a: Boolean!) { ...Root @include(if: $a) ...Root @skip(if: $a) }
        fragment Root on Query { tasks { owner { ...Own @include(if: $a) id } } }
        fragment Own on Owner { name tasks { hours @skip(if: $a) state } }`,
      variables: { a: true },
    },
    {
      query: `query ($a: Boolean!, $b: Boolean!) { tasks {
        ... @include(if: $a) { ... @include(if: $b) { hours } state }
        ... @include(if: $b) { hours title } } }`,
      variables: { a: false, b: true },
    },
    {
      query: `query ($a: Boolean!) {
        tasks { title } ... @include(if: $a) { tasks { hours } } tasks { state } }`,
      variables: { a: true },
      fault: 'Fields of one condition come before those of another, wherever they are written.',
    },
  ],
};

const fragments: ConformanceSupergraph = {
  name: 'fragments',
  subgraphs: {
    a: `
      type Query { tree: Node! nodes: [Node!]! }
      type Node @key(fields: "id") { id: ID! kids: [Node!]! text: String }`,
    b: 'type Node @key(fields: "id") { id: ID! size: Int tag: Tag } type Tag { a: Int b: Int c: Int }',
  },
  records: () => ({
    Node: [
      {
        id: '1',
        text: 'root',
        kids: [link('Node', { id: '2' }), link('Node', { id: '3' })],
        size: 9,
        tag: { a: 1, b: 2, c: 3 },
      },
      { id: '2', text: null, kids: [link('Node', { id: '3' })], size: 5, tag: null },
      { id: '3', text: 'leaf', kids: [], size: null, tag: { a: null, b: null, c: null } },
    ],
  }),
  cases: [
    {
      query: `{ tree { ...Whole kids { ...Whole ...Whole kids { ...Small } } } }
        fragment Whole on Node { text ...Small tag { a } }
        fragment Small on Node { size tag { b a } }`,
    },
    {
      query: `{ tree { tag { c } ... on Node { tag { b } size } ... { tag { a } id } } }`,
    },
    {
      query: `{ ...Q tree { size } ...Q } fragment Q on Query { nodes { size ...N } tree { id ...N } }
        fragment N on Node { kids { tag { c } } }`,
    },
    {
      query: '{ tree { ... { size } text ... { id } } }',
      expected: { why: MOVED, data: { tree: { size: 9, text: 'root', id: '1' } } },
    },
    {
      query: '{ tree { ... on Node { id } size ... on Node { text } } }',
      expected: { why: MOVED, data: { tree: { id: '1', size: 9, text: 'root' } } },
    },
    {
      query: 'query ($a: Boolean!) { tree { tag @include(if: $a) { b @skip(if: $a) } } }',
      variables: { a: true },
      expected: {
        why: 'It does not select an object of which everything is skipped, and answers null.',
        data: { tree: { tag: {} } },
      },
    },
    { query: '{ nodes { size } nodes { text } other: nodes { id } nodes { size text } }' },
  ],
};

const introspection: ConformanceSupergraph = {
  name: 'introspection beside fields',
  subgraphs: {
    a: `
      type Query { pets: [Pet!]! }
      "A pet."
      type Pet @key(fields: "id") { id: ID! hidden: Int @inaccessible old: Int @deprecated }`,
    b: 'type Pet @key(fields: "id") { id: ID! name(long: Boolean = true): String }',
  },
  records: () => ({ Pet: [{ id: '1', hidden: 1, old: null, name: 'Mimi' }] }),
  cases: [
    { query: '{ __typename }' },
    { query: '{ __typename pets { __typename name } again: __typename }' },
    { query: '{ __schema { queryType { name } mutationType { name } } pets { name } }' },
    {
      query: `query ($of: String!, $all: Boolean) {
        pets { id }
        type: __type(name: $of) {
          description
          fields(includeDeprecated: $all) { name args { name defaultValue } }
        } }`,
      variables: { of: 'Pet', all: true },
    },
    {
      query: `query ($yes: Boolean!) { __schema { ...S } __type(name: "None") { name } }
        fragment S on __Schema { queryType @skip(if: $yes) { name } description __typename }`,
      variables: { yes: true },
      expected: {
        why: MOVED,
        data: { __schema: { description: null, __typename: '__Schema' }, __type: null },
      },
    },
  ],
};

export const selections = [
  listsWithNulls,
  nestedLists,
  aliases,
  conditions,
  fragments,
  introspection,
];
