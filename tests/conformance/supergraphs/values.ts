/** Enums, scalars, arguments, mutations. */
import type { ConformanceSupergraph } from '../supergraph.js';
import { link } from '../world.js';

const enums: ConformanceSupergraph = {
  name: 'enums with a value that clients do not see',
  subgraphs: {
    a: `
      type Query { lamps(colour: Colour, any: [Colour!]): [Lamp!]! colours: [Colour] }
      enum Colour { RED BLUE DARK @inaccessible }
      type Lamp @key(fields: "id") { id: ID! colour: Colour }`,
    b: `
      enum Colour { RED BLUE DARK }
      type Lamp @key(fields: "id") { id: ID! glow: Colour parts: [Colour] sure: Glow }
      type Glow { colour: Colour! }`,
  },
  records: () => ({
    Lamp: [
      { id: '1', colour: 'RED', glow: 'BLUE', parts: ['RED', null], sure: { colour: 'RED' } },
      { id: '2', colour: 'DARK', glow: 'DARK', parts: ['DARK', 'RED'], sure: { colour: 'DARK' } },
      { id: '3', colour: null, glow: null, parts: null, sure: null },
    ],
  }),
  resolvers: {
    Query: {
      lamps: (_, { colour, any }, world) =>
        world
          .all('Lamp')
          .filter((lamp) => colour === undefined || lamp['colour'] === colour)
          .filter((lamp) => !Array.isArray(any) || any.includes(lamp['colour'])),
      colours: () => ['BLUE', null, 'RED'],
    },
  },
  cases: [
    { query: '{ lamps(colour: RED) { colour glow parts } colours }' },
    {
      query: 'query ($c: Colour, $cs: [Colour!]) { lamps(colour: $c, any: $cs) { glow } }',
      variables: { c: 'RED', cs: ['RED', 'BLUE'] },
    },
    { query: '{ lamps { id colour glow } }' },
    { query: '{ lamps { parts } }' },
    { query: '{ lamps { id sure { colour } } }' },
  ],
};

const scalars: ConformanceSupergraph = {
  name: 'custom scalars',
  subgraphs: {
    a: `
      scalar Json
      scalar Day
      type Query { days(after: Day, like: Json): [Entry!]! }
      type Entry @key(fields: "on") { on: Day! body: Json }`,
    b: `
      scalar Json
      scalar Day
      type Entry @key(fields: "on") { on: Day! extra: Json! lists: [Json] echo(of: Json): Json }`,
  },
  records: () => ({
    Entry: [
      {
        on: '2024-02-29',
        body: { a: [1, { b: null }], c: 'x' },
        extra: [true, 1.5],
        lists: [{ id: 1 }, null, 'y'],
      },
      { on: '2025-01-01', body: null, extra: 0, lists: [[]] },
    ],
  }),
  resolvers: {
    Query: {
      days: (_, { after = '' }, world) =>
        world.all('Entry').filter(({ on }) => (on as string) > (after as string)),
    },
    Entry: { echo: (_, { of }) => of ?? 'nothing' },
  },
  cases: [
    { query: '{ days { on body extra lists } }' },
    {
      query: 'query ($after: Day, $of: Json) { days(after: $after) { echo(of: $of) body } }',
      variables: { after: '2024-12-31', of: { deep: [{ a: 1 }], n: null } },
    },
    {
      query: 'query ($n: Json) { days { echo(of: { inner: [$n, 2], text: "t" }) } }',
      variables: { n: [3] },
    },
  ],
};

const inputs: ConformanceSupergraph = {
  name: 'input objects and variables in arguments',
  subgraphs: {
    a: `
      type Query {
        echo(of: Filter): String
        wares(ids: [ID!]! = ["1"], filter: Filter): [Ware!]!
      }
      input Filter { text: String range: Range = { from: 1 } all: [Filter!] flag: Boolean! = true }
      input Range { from: Int! to: Int = 9 }
      type Ware @key(fields: "id") { id: ID! }`,
    b: `
      input Range { from: Int! to: Int = 9 }
      type Ware @key(fields: "id") {
        id: ID! priced(range: Range! = { from: 2 }, times: [[Int]]): String
      }`,
  },
  records: () => ({ Ware: [{ id: '1' }, { id: '2' }, { id: '3' }] }),
  resolvers: {
    Query: {
      echo: (_, { of }) => JSON.stringify(of),
      wares: (_, { ids, filter }, world) =>
        world
          .all('Ware')
          .filter(({ id }) => (ids as string[]).includes(String(id)))
          .filter(() => filter !== null),
    },
    Ware: { priced: ({ id }, args) => `${String(id)}: ${JSON.stringify(args)}` },
  },
  cases: [
    { query: '{ echo(of: { text: "x", all: [{ range: null }, { range: { from: 4 } }] }) }' },
    { query: '{ none: echo one: echo(of: null) two: echo(of: {}) }' },
    {
      query: `query ($t: String, $from: Int!, $f: Filter!) {
        echo(of: { text: $t, range: { from: $from }, all: [$f] }) }`,
      variables: { from: 3, f: { flag: false } },
    },
    {
      query: `query ($ids: [ID!] = ["2", "3"], $n: Int = 5, $r: Range!) {
        wares(ids: $ids) { priced(range: $r, times: [[$n], null, [1]]) other: priced } }`,
      variables: { r: { from: 7, to: null } },
    },
    {
      query: `query ($ids: [ID!]!, $times: [[Int]], $to: Int) {
        wares(ids: $ids) { priced(times: $times, range: { from: 0, to: $to }) } }`,
      variables: { ids: 2, times: 4 },
    },
    {
      query: 'query ($t: String) { echo(of: { text: $t }) }',
      variables: { t: null, unknown: 1 },
    },
  ],
};

const mutations: ConformanceSupergraph = {
  name: 'mutations in order across subgraphs',
  subgraphs: {
    a: `
      type Query { done: [String!]! }
      type Mutation { write(text: String!): Done! erase: Done save(input: Save!): [Done]! }
      input Save { text: String! = "saved" more: [String!] }
      type Done @key(fields: "no") { no: Int! list: [String!]! }`,
    b: `
      type Mutation { print(text: String): Done failing: Done refused: Done! }
      type Done @key(fields: "no") { no: Int! pages: Int }`,
  },
  records: () => ({}),
  resolvers: {
    Query: { done: (_, __, world) => [...world.done] },
    Mutation: {
      write: (_, { text }, world) => ({ no: world.done.push(`write ${String(text)}`) }),
      erase: (_, __, world) => ({ no: world.done.push('erase') }),
      save: (_, { input }, world) => [{ no: world.done.push(JSON.stringify(input)) }, null],
      print: (_, { text }, world) => ({ no: world.done.push(`print ${String(text)}`) }),
      failing(_, __, world) {
        world.done.push('failing');
        throw new Error('It failed.');
      },
      refused(_, __, world) {
        world.done.push('refused');
        throw new Error('It is refused.');
      },
    },
    Done: {
      list: ({ no }, _, world) => world.done.slice(0, Number(no)),
      pages: ({ no }) => Number(no) * 10,
    },
  },
  cases: [
    { query: 'mutation { write(text: "x") { no list } }' },
    {
      query: `mutation { one: write(text: "a") { list pages } two: print { list } three: erase { list }
        four: write(text: "b") { list pages } }`,
    },
    {
      query: `mutation M($t: String!, $no: Boolean!) {
        print(text: $t) { list } erase @skip(if: $no) { list } ...More }
        fragment More on Mutation { again: print(text: "m") { no list } __typename }`,
      variables: { t: 'p', no: true },
      operationName: 'M',
    },
    {
      query: 'mutation ($more: [String!]) { save(input: { more: $more }) { list pages } }',
      variables: { more: ['k'] },
    },
    { query: 'mutation { failing { no } write(text: "after") { list } }' },
    { query: 'mutation { write(text: "before") { no } refused { no } print { no } }' },
  ],
};

const oddNames: ConformanceSupergraph = {
  name: 'names of objects of the language',
  subgraphs: {
    a: `
      type Query { constructor: Hash hash: [Hash!]! }
      type Hash @key(fields: "toString") { toString: ID! valueOf: Int hasOwnProperty: Hash }`,
    b: `
      type Hash @key(fields: "toString") { toString: ID! isPrototypeOf: String length: Int }`,
  },
  records: () => ({
    Hash: [
      {
        toString: '1',
        valueOf: 1,
        hasOwnProperty: link('Hash', { toString: '2' }),
        isPrototypeOf: 'p',
        length: 3,
      },
      { toString: '2', valueOf: null, hasOwnProperty: null, isPrototypeOf: null, length: null },
    ],
  }),
  cases: [
    { query: '{ hash { toString isPrototypeOf length hasOwnProperty { isPrototypeOf } } }' },
    { query: '{ constructor { valueOf length } }' },
    { query: '{ constructor: hash { valueOf: length __proto__: valueOf } }' },
  ],
};

export const values = [enums, scalars, inputs, mutations, oddNames];
