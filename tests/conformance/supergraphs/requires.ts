/** Fields that need fields of other subgraphs. */
import type { ConformanceSupergraph, Values } from '../supergraph.js';
import { link } from '../world.js';

const chain: ConformanceSupergraph = {
  name: 'required fields in a chain of three subgraphs',
  subgraphs: {
    prices: `
      type Query { items: [Item!]! item(id: ID!): Item }
      type Item @key(fields: "id") { id: ID! price: Int }`,
    taxes: `
      type Item @key(fields: "id") {
        id: ID! price: Int @external tax: Int @requires(fields: "price")
      }`,
    bills: `
      type Item @key(fields: "id") {
        id: ID! price: Int @external tax: Int @external
        total: Int @requires(fields: "price tax") label: String
      }`,
  },
  records: () => ({
    Item: [
      { id: '1', price: 100, label: 'x' },
      { id: '2', price: null, label: null },
      { id: '3', price: 7, label: 'z' },
    ],
  }),
  resolvers: {
    Item: {
      tax: ({ price }) => (price === null ? null : Math.floor(Number(price) / 5)),
      total: (item) => {
        if (item['price'] === null) return null;
        return Number(item['price']) + Number(item['tax'] ?? Math.floor(Number(item['price']) / 5));
      },
    },
  },
  cases: [
    { query: '{ items { total } }' },
    { query: '{ items { id label total tax price } }' },
    { query: '{ item(id: "3") { tax } items { label tax } }' },
    {
      query: 'query ($without: Boolean!) { items { label total @skip(if: $without) } }',
      variables: { without: true },
    },
    {
      query: 'query ($without: Boolean!) { items { label total @skip(if: $without) } }',
      variables: { without: false },
    },
  ],
};

const volume = ({ size }: Values): number | null => {
  const sides = size as { w: number; inner: { h: number | null } | null } | null;
  return sides?.inner?.h ? sides.w * sides.inner.h : null;
};

const nested: ConformanceSupergraph = {
  name: 'required fields in nested objects',
  subgraphs: {
    goods: `
      type Query { boxes: [Box] }
      type Box @key(fields: "id") { id: ID! size: Size }
      type Size { w: Int! colour: String inner: Inner }
      type Inner { h: Int text: String }`,
    freight: `
      type Box @key(fields: "id") {
        id: ID! size: Size @external volume: Int @requires(fields: "size { w inner { h } }")
      }
      type Size @external { w: Int! inner: Inner }
      type Inner @external { h: Int }`,
  },
  records: () => ({
    Box: [
      { id: '1', size: { w: 2, colour: 'red', inner: { h: 3, text: 't' } } },
      { id: '2', size: null },
      { id: '3', size: { w: 4, colour: null, inner: null } },
      { id: '4', size: { w: 4, colour: null, inner: { h: null, text: 'u' } } },
    ],
  }),
  resolvers: { Box: { volume } },
  cases: [
    { query: '{ boxes { volume } }' },
    { query: '{ boxes { volume size { colour inner { text } } } }' },
    { query: '{ boxes { id size { inner { h } } volume } }' },
  ],
};

const lists: ConformanceSupergraph = {
  name: 'required fields in lists of entities',
  subgraphs: {
    carts: `
      type Query { carts: [Cart!]! }
      type Cart @key(fields: "id") { id: ID! lines: [Line] }
      type Line { count: Int! ware: Ware }
      type Ware @key(fields: "sku") { sku: ID! }`,
    wares: `type Ware @key(fields: "sku") { sku: ID! grams: Int }`,
    post: `
      type Cart @key(fields: "id") {
        id: ID! lines: [Line] @external
        weight: Int @requires(fields: "lines { count ware { grams } }")
      }
      type Line @external { count: Int! ware: Ware }
      type Ware @key(fields: "sku") { sku: ID! grams: Int @external }`,
  },
  records: () => ({
    Ware: [
      { sku: 'a', grams: 5 },
      { sku: 'b', grams: 7 },
    ],
    Cart: [
      {
        id: '1',
        lines: [
          { count: 2, ware: link('Ware', { sku: 'a' }) },
          null,
          { count: 1, ware: link('Ware', { sku: 'b' }) },
        ],
      },
      { id: '2', lines: [] },
      { id: '3', lines: null },
      { id: '4', lines: [{ count: 3, ware: null }] },
    ],
  }),
  resolvers: {
    Cart: {
      weight({ lines }) {
        const all = lines as ({ count: number; ware: { grams: number } | null } | null)[] | null;
        return (
          all && all.reduce((sum, one) => sum + (one?.ware ? one.count * one.ware.grams : 0), 0)
        );
      },
    },
  },
  cases: [
    { query: '{ carts { weight } }' },
    { query: '{ carts { weight lines { count ware { sku grams } } } }' },
    { query: '{ carts { lines { ware { grams } } } }' },
  ],
};

const withArguments: ConformanceSupergraph = {
  name: 'required fields with arguments',
  subgraphs: {
    sums: `
      type Query { accounts: [Account!]! }
      type Account @key(fields: "id") { id: ID! balance(currency: String! = "CNY"): Int }`,
    limits: `
      type Account @key(fields: "id") {
        id: ID! balance(currency: String! = "CNY"): Int @external
        credit: Int @requires(fields: "balance(currency: \\"EUR\\")")
      }`,
  },
  records: () => ({
    Account: [
      { id: '1', fen: 80 },
      { id: '2', fen: 8 },
    ],
  }),
  resolvers: {
    Account: {
      balance: ({ fen, balance }, { currency }) =>
        balance ?? (currency === 'EUR' ? Number(fen) / 8 : fen),
      credit: ({ fen, balance }) => Number(balance ?? Number(fen) / 8) * 2,
    },
  },
  cases: [
    { query: '{ accounts { credit } }' },
    {
      query: '{ accounts { balance credit } }',
      fault: 'The balance that is selected is sent, and not the one that is required.',
    },
    {
      query: '{ accounts { credit balance euro: balance(currency: "EUR") } }',
      fault: 'The balance that is required is answered, and not the one that is selected.',
    },
    {
      query: 'query ($in: String!) { accounts { balance(currency: $in) credit } }',
      variables: { in: 'EUR' },
    },
  ],
};

const throughUnion: ConformanceSupergraph = {
  name: 'required fields of a union',
  subgraphs: {
    shelves: `
      type Query { shelves: [Shelf!]! }
      type Shelf @key(fields: "id") { id: ID! top: Thing things: [Thing!] }
      union Thing = Book | Disc
      type Book { pages: Int! name: String }
      type Disc { minutes: Int! name: String }`,
    counts: `
      type Shelf @key(fields: "id") {
        id: ID! top: Thing @external
        extent: Int @requires(fields: "top { ... on Book { pages } ... on Disc { minutes } }")
      }
      union Thing = Book | Disc
      type Book @external { pages: Int! }
      type Disc @external { minutes: Int! }`,
  },
  records: () => ({
    Book: [{ pages: 120, name: 'Tides' }],
    Disc: [{ minutes: 45, name: 'Songs' }],
    Shelf: [
      { id: '1', top: link('Book', { pages: 120 }), things: [link('Disc', { minutes: 45 })] },
      { id: '2', top: link('Disc', { minutes: 45 }), things: [] },
      { id: '3', top: null, things: null },
    ],
  }),
  resolvers: {
    Shelf: {
      extent({ top }) {
        const thing = top as { pages?: number; minutes?: number } | null;
        return thing && (thing.pages ?? thing.minutes);
      },
    },
  },
  cases: [
    { query: '{ shelves { extent } }' },
    {
      query:
        '{ shelves { extent top { __typename ... on Book { name } ... on Disc { label: name } } } }',
    },
    { query: '{ shelves { things { ... on Disc { minutes } } extent } }' },
  ],
};

export const requires = [chain, nested, lists, withArguments, throughUnion];
