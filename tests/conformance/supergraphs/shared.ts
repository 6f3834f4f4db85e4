/** Fields that several subgraphs know. */
import type { ConformanceSupergraph } from '../supergraph.js';
import { link } from '../world.js';

const provides: ConformanceSupergraph = {
  name: 'provided fields',
  subgraphs: {
    reviews: `
      type Query { reviews: [Review] best: Review @provides(fields: "author { motto }") }
      type Review @key(fields: "id") {
        id: ID! stars: Int
        author: User @provides(fields: "name home { town }")
        others: [User!] @provides(fields: "name")
      }
      type User @key(fields: "id") {
        id: ID! name: String @external motto: String @external home: Home @external
      }
      type Home { town: String @external }`,
    users: `
      type Query { users: [User!]! }
      type User @key(fields: "id") {
        id: ID! name: String @shareable motto: String @shareable age: Int home: Home @shareable
      }
      type Home { town: String @shareable zip: Int }`,
  },
  records: () => ({
    User: [
      { id: '1', name: 'Li', motto: 'on', age: 20, home: { town: 'Xi', zip: 1 } },
      { id: '2', name: null, motto: null, age: null, home: null },
    ],
    Review: [
      { id: '1', stars: 3, author: link('User', { id: '1' }), others: [link('User', { id: '2' })] },
      { id: '2', stars: null, author: link('User', { id: '2' }), others: [] },
      { id: '3', stars: 1, author: null, others: [link('User', { id: '1' })] },
    ],
  }),
  cases: [
    { query: '{ reviews { author { name } others { name } } }' },
    { query: '{ reviews { author { name motto home { town } } } best { author { motto name } } }' },
    { query: '{ reviews { author { age home { zip town } } others { name age } } }' },
    { query: '{ users { home { town zip } name } }' },
  ],
};

const shareable: ConformanceSupergraph = {
  name: 'shareable fields and value types',
  subgraphs: {
    a: `
      type Query { now: Time @shareable places: [Place!]! }
      type Time @shareable { hour: Int! zone: Zone }
      type Zone @shareable { name: String }
      type Place @key(fields: "id") { id: ID! at: Point @shareable }
      type Point @shareable { x: Int! y: Int }`,
    b: `
      type Query { now: Time @shareable }
      type Time @shareable { hour: Int! zone: Zone minute: Int }
      type Zone @shareable { name: String offset: Int }
      type Place @key(fields: "id") { id: ID! at: Point @shareable label: String }
      type Point @shareable { x: Int! y: Int z: Int }`,
  },
  records: () => ({
    Time: [{ hour: 8, minute: 30, zone: { name: 'CST', offset: 8 } }],
    Place: [
      { id: '1', at: { x: 1, y: 2, z: 3 }, label: 'one' },
      { id: '2', at: null, label: 'two' },
    ],
  }),
  cases: [
    { query: '{ now { hour } }' },
    { query: '{ now { minute zone { offset name } hour } places { id } }' },
    { query: '{ places { at { x y z } label } }' },
    { query: '{ places { at { y } } now { zone { name } } }' },
  ],
};

const override: ConformanceSupergraph = {
  name: 'fields that moved to another subgraph',
  subgraphs: {
    old: {
      typeDefs: `
        type Query { files: [File!]! }
        type File @key(fields: "id") { id: ID! size: Int owner: String kind: String }`,
      resolvers: { File: { size: () => -1, owner: () => 'nobody' } },
    },
    new: `
      type Query { newest: File }
      type File @key(fields: "id") {
        id: ID! size: Int @override(from: "old") owner: String @override(from: "old") pages: Int
      }`,
  },
  records: () => ({
    File: [
      { id: '1', size: 10, owner: 'Li', kind: 'text', pages: 2 },
      { id: '2', size: 20, owner: null, kind: null, pages: null },
    ],
  }),
  cases: [
    { query: '{ files { size owner kind } }' },
    { query: '{ newest { size kind pages } files { pages } }' },
  ],
};

const overrideByLabel: ConformanceSupergraph = {
  name: 'fields that move by a label',
  subgraphs: {
    old: `
      type Query { plans: [Plan!]! }
      type Plan @key(fields: "id") { id: ID! price: Int }`,
    new: {
      typeDefs: `
        type Plan @key(fields: "id") {
          id: ID! price: Int @override(from: "old", label: "percent(0)") term: Int
        }`,
      resolvers: { Plan: { price: () => -1 } },
    },
  },
  records: () => ({ Plan: [{ id: '1', price: 5, term: 12 }] }),
  cases: [{ query: '{ plans { price term } }' }, { query: '{ plans { price } }' }],
};

export const shared = [provides, shareable, override, overrideByLabel];
