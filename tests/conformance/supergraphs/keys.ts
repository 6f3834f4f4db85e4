/** Keys of every kind by which subgraphs name an entity. */
import type { ConformanceSupergraph } from '../supergraph.js';
import { link } from '../world.js';

const singleKey: ConformanceSupergraph = {
  name: 'a single key',
  subgraphs: {
    catalogue: `
      type Query { products: [Product!]! product(id: ID!): Product }
      type Product @key(fields: "id") { id: ID! name: String! }`,
    stock: `type Product @key(fields: "id") { id: ID! inStock: Int shelf: Shelf }
      type Shelf { row: Int! hall: String }`,
  },
  records: () => ({
    Product: [
      { id: '1', name: 'Chair', inStock: 4, shelf: { row: 2, hall: 'A' } },
      { id: '2', name: 'Table', inStock: 0, shelf: null },
      { id: '3', name: 'Lamp', inStock: null, shelf: { row: 1, hall: null } },
    ],
  }),
  cases: [
    { query: '{ products { id name inStock shelf { hall row } } }' },
    { query: '{ products { inStock } product(id: "2") { shelf { row } inStock name } }' },
    { query: '{ missing: product(id: "9") { name inStock } product(id: "1") { inStock } }' },
    {
      query: 'query One($id: ID!) { product(id: $id) { shelf { row } } }',
      variables: { id: '3' },
      operationName: 'One',
    },
    {
      query: 'query One { product(id: "1") { name } } query Two { product(id: "1") { inStock } }',
      operationName: 'Two',
    },
    { query: 'query ($id: ID! = "2") { product(id: $id) { name inStock } }' },
    { query: 'query ($id: ID!) { product(id: $id) { name inStock } }', variables: { id: 3 } },
  ],
};

const compoundKey: ConformanceSupergraph = {
  name: 'a compound key',
  subgraphs: {
    register: `
      type Query { courses: [Course] }
      type Course @key(fields: "code year") { code: String! year: Int! title: String }`,
    rooms: `
      type Query { rooms: [Room!] }
      type Room { no: Int! course: Course }
      type Course @key(fields: "year code") { code: String! year: Int! seats: Int }`,
  },
  records: () => ({
    Course: [
      { code: 'A', year: 2024, title: 'Algebra', seats: 30 },
      { code: 'A', year: 2025, title: 'Algebra again', seats: 40 },
      { code: 'B', year: 2024, title: null, seats: null },
    ],
    Room: [
      { no: 1, course: link('Course', { code: 'A', year: 2025 }) },
      { no: 2, course: null },
      { no: 3, course: link('Course', { code: 'Z', year: 2025 }) },
    ],
  }),
  cases: [
    { query: '{ courses { title seats } }' },
    { query: '{ courses { code seats } rooms { no course { title year } } }' },
    { query: '{ rooms { course { seats title } } }' },
  ],
};

const nestedKey: ConformanceSupergraph = {
  name: 'a key in a nested object',
  subgraphs: {
    staff: `
      type Query { teachers: [Teacher!]! }
      type Teacher @key(fields: "no school { id campus { code } }") {
        no: Int! school: School! name: String
      }
      type School @shareable { id: ID! campus: Campus! }
      type Campus @shareable { code: String! }`,
    pay: `
      type Teacher @key(fields: "school { campus { code } id } no") {
        no: Int! school: School! salary: Int
      }
      type School @shareable { id: ID! campus: Campus! }
      type Campus @shareable { code: String! }`,
  },
  records: () => ({
    Teacher: [
      { no: 1, school: { id: 's1', campus: { code: 'N' } }, name: 'Li', salary: 10 },
      { no: 1, school: { id: 's1', campus: { code: 'S' } }, name: 'Han', salary: 20 },
      { no: 1, school: { id: 's2', campus: { code: 'N' } }, name: 'Wu', salary: 30 },
    ],
  }),
  cases: [
    { query: '{ teachers { name salary } }' },
    { query: '{ teachers { salary school { id } } }' },
    { query: '{ teachers { school { campus { code } } salary no } }' },
  ],
};

const multipleKeys: ConformanceSupergraph = {
  name: 'several keys of one entity',
  subgraphs: {
    people: `
      type Query { people: [Person!]! }
      type Person @key(fields: "id") @key(fields: "email") { id: ID! email: String! name: String }`,
    mail: `type Person @key(fields: "email") { email: String! unread: Int }`,
    doors: `
      type Query { inside: [Person!]! }
      type Person @key(fields: "id") { id: ID! badge: String }`,
  },
  records: () => ({
    Person: [
      { id: '1', email: 'a@x', name: 'An', unread: 3, badge: 'red' },
      { id: '2', email: 'b@x', name: null, unread: 0, badge: null },
    ],
  }),
  cases: [
    { query: '{ people { unread badge } }' },
    { query: '{ inside { badge unread name } }' },
    { query: '{ inside { unread } people { badge email } }' },
  ],
};

const oneWayKey: ConformanceSupergraph = {
  name: 'a key that resolves one way',
  subgraphs: {
    library: `
      type Query { books: [Book!]! }
      type Book @key(fields: "isbn") { isbn: ID! title: String }`,
    reviews: `
      type Query { reviews: [Review!]! }
      type Review @key(fields: "no") { no: Int! stars: Int! book: Book! }
      type Book @key(fields: "isbn", resolvable: false) { isbn: ID! }`,
    votes: `
      type Review @key(fields: "no") { no: Int! votes: [Vote!] }
      type Vote { up: Boolean! of: Book }
      type Book @key(fields: "isbn", resolvable: false) { isbn: ID! }`,
  },
  records: () => ({
    Book: [
      { isbn: 'b1', title: 'Tides' },
      { isbn: 'b2', title: 'Dunes' },
    ],
    Review: [
      {
        no: 1,
        stars: 4,
        book: link('Book', { isbn: 'b2' }),
        votes: [
          { up: true, of: link('Book', { isbn: 'b1' }) },
          { up: false, of: null },
        ],
      },
      { no: 2, stars: 1, book: link('Book', { isbn: 'b1' }), votes: [] },
      { no: 3, stars: 2, book: link('Book', { isbn: 'b9' }), votes: null },
    ],
  }),
  cases: [
    { query: '{ reviews { stars book { isbn title } } books { title } }' },
    { query: '{ reviews { votes { up of { title } } book { title } } }' },
  ],
};

const keyChain: ConformanceSupergraph = {
  name: 'a chain of keys',
  subgraphs: {
    a: `
      type Query { parcels: [Parcel!]! }
      type Parcel @key(fields: "id") { id: ID! }`,
    b: `type Parcel @key(fields: "id") @key(fields: "code") { id: ID! code: String! }`,
    c: `type Parcel @key(fields: "code") @key(fields: "tag") { code: String! tag: Int! }`,
    d: `type Parcel @key(fields: "tag") { tag: Int! weight: Float next: Parcel }`,
  },
  records: () => ({
    Parcel: [
      { id: '1', code: 'x', tag: 11, weight: 1.5, next: link('Parcel', { id: '2' }) },
      { id: '2', code: 'y', tag: 12, weight: 2, next: link('Parcel', { id: '1' }) },
      { id: '3', code: 'z', tag: 13, weight: null, next: null },
    ],
  }),
  cases: [
    { query: '{ parcels { weight } }' },
    { query: '{ parcels { id next { id weight next { code } } } }' },
    { query: '{ parcels { tag weight code id } }' },
  ],
};

const listInKey: ConformanceSupergraph = {
  name: 'a list in a key',
  subgraphs: {
    teams: `
      type Query { teams: [Team!]! }
      type Team @key(fields: "members { id } marks") {
        members: [Member!]! marks: [Int]! name: String
      }
      type Member @key(fields: "id") { id: ID! }`,
    games: `
      type Team @key(fields: "members { id } marks") { members: [Member!]! marks: [Int]! wins: Int }
      type Member @key(fields: "id") { id: ID! goals: Int }`,
  },
  records: () => ({
    Member: [
      { id: '1', goals: 5 },
      { id: '2', goals: null },
    ],
    Team: [
      {
        members: [link('Member', { id: '1' }), link('Member', { id: '2' })],
        marks: [1, null],
        name: 'Red',
        wins: 2,
      },
      { members: [link('Member', { id: '2' })], marks: [], name: 'Blue', wins: 7 },
    ],
  }),
  cases: [
    { query: '{ teams { name wins } }' },
    { query: '{ teams { wins members { goals } marks } }' },
  ],
};

const nullKeys: ConformanceSupergraph = {
  name: 'keys that are null',
  subgraphs: {
    orders: `
      type Query { orders: [Order!]! }
      type Order { no: Int! buyer: Buyer goods: [Buyer] }
      type Buyer @key(fields: "id") { id: ID nick: String }`,
    buyers: `type Buyer @key(fields: "id") { id: ID name: String points: Int }`,
  },
  records: () => ({
    Buyer: [
      { id: '1', nick: 'one', name: 'Li', points: 5 },
      { id: null, nick: 'none', name: null, points: null },
    ],
    Order: [
      { no: 1, buyer: link('Buyer', { id: null }), goods: [link('Buyer', { id: '1' })] },
      { no: 2, buyer: link('Buyer', { id: '1' }), goods: [null, link('Buyer', { id: null })] },
      { no: 3, buyer: null, goods: null },
    ],
  }),
  cases: [
    { query: '{ orders { buyer { nick name } } }' },
    { query: '{ orders { no buyer { points } goods { id points nick } } }' },
  ],
};

const notFound: ConformanceSupergraph = {
  name: 'entities that nobody knows',
  subgraphs: {
    posts: `
      type Query { posts: [Post]! post(id: ID!): Post }
      type Post @key(fields: "id") { id: ID! text: String author: Author reader: Author! }
      type Author @key(fields: "id", resolvable: false) { id: ID! }`,
    authors: {
      typeDefs: `
        type Author @key(fields: "id") { id: ID! name: String fullName: String! }`,
      resolvers: { Author: { __reference: ({ id }) => (id === '9' ? null : undefined) } },
    },
    texts: {
      typeDefs: `type Post @key(fields: "id") { id: ID! length: Int words: [String!] }`,
      resolvers: { Post: { __reference: ({ id }) => (id === '2' ? null : undefined) } },
    },
  },
  records: () => ({
    Author: [{ id: '1', name: 'Li', fullName: 'Li Lei' }],
    Post: [
      {
        id: '1',
        text: 'a',
        author: link('Author', { id: '9' }),
        reader: link('Author', { id: '1' }),
        length: 1,
        words: ['a'],
      },
      {
        id: '2',
        text: 'b',
        author: link('Author', { id: '1' }),
        reader: link('Author', { id: '9' }),
        length: null,
        words: null,
      },
    ],
  }),
  cases: [
    { query: '{ posts { text author { name } length } }' },
    { query: '{ posts { author { fullName } reader { name } words } }' },
    { query: '{ posts { id reader { fullName } } }' },
    { query: '{ post(id: "2") { reader { fullName id } } }' },
  ],
};

export const keys = [
  singleKey,
  compoundKey,
  nestedKey,
  multipleKeys,
  oneWayKey,
  keyChain,
  listInKey,
  nullKeys,
  notFound,
];
