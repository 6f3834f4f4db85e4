/** Interfaces, interface objects and unions. */
import type { ConformanceSupergraph } from '../supergraph.js';
import { link } from '../world.js';

const interfaces: ConformanceSupergraph = {
  name: 'an interface of entities and values',
  subgraphs: {
    zoo: `
      type Query { animals: [Animal] animal(id: ID!): Animal }
      interface Animal { id: ID! name: String friend: Animal }
      type Cat implements Animal @key(fields: "id") {
        id: ID! name: String friend: Animal lives: Int
      }
      type Dog implements Animal @key(fields: "id") {
        id: ID! name: String friend: Animal tricks: [String!]
      }
      type Fish implements Animal { id: ID! name: String friend: Animal }`,
    vet: `
      type Cat @key(fields: "id") { id: ID! weight: Float claws: Int }
      type Dog @key(fields: "id") { id: ID! weight: Int }`,
  },
  records: () => ({
    Cat: [
      {
        id: 'c1',
        name: 'Mimi',
        friend: link('Dog', { id: 'd1' }),
        lives: 9,
        weight: 3.5,
        claws: 18,
      },
      { id: 'c2', name: null, friend: null, lives: null, weight: null, claws: null },
    ],
    Dog: [
      { id: 'd1', name: 'Wang', friend: link('Fish', { id: 'f1' }), tricks: ['sit'], weight: 20 },
    ],
    Fish: [{ id: 'f1', name: 'Blub', friend: link('Cat', { id: 'c2' }) }],
  }),
  cases: [
    { query: '{ animals { name } }' },
    { query: '{ animals { __typename ... on Cat { weight claws } ... on Fish { id } } }' },
    {
      query:
        '{ animals { id ... on Cat { heavy: weight } ... on Dog { weight } friend { name } } }',
    },
    {
      query: `{ animal(id: "c1") { friend { ... on Dog { weight friend { kind: __typename } } } } }`,
    },
    { query: '{ animals { ... on Animal { ... on Dog { tricks } friend { id } } } }' },
  ],
};

const interfaceKey: ConformanceSupergraph = {
  name: 'an interface with a key, and an interface object',
  subgraphs: {
    media: `
      type Query { media: [Media!]! first: Media }
      interface Media @key(fields: "id") { id: ID! title: String }
      type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
      type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }`,
    ratings: `
      type Query { top: [Media] }
      type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int critics: [Critic!] }
      type Critic { name: String likes: Media }`,
    notes: `
      type Media @key(fields: "id") @interfaceObject { id: ID! note: String }`,
  },
  records: () => ({
    Book: [
      {
        id: 'b1',
        title: 'Tides',
        pages: 100,
        stars: 4,
        critics: [{ name: 'Li', likes: link('Film', { id: 'f1' }) }],
        note: 'wet',
      },
      { id: 'b2', title: null, pages: null, stars: null, critics: null, note: null },
    ],
    Film: [{ id: 'f1', title: 'Dunes', minutes: 90, stars: 5, critics: [], note: 'dry' }],
  }),
  resolvers: {
    Query: { top: (_, __, world) => [...world.all('Film'), null, ...world.all('Book')] },
  },
  cases: [
    { query: '{ media { title stars note } }' },
    { query: '{ top { stars } }' },
    { query: '{ top { stars title } }' },
    { query: '{ top { __typename stars ... on Book { pages note } } }' },
    { query: '{ media { ... on Film { minutes stars } ... on Book { critics { name } } } }' },
    { query: '{ media { critics { likes { __typename id note title } } } first { note } }' },
    { query: '{ top { critics { likes { ... on Film { minutes } } } } }' },
    {
      query: '{ top { ... on Film { note stars } } }',
      expected: {
        why: 'There the name of the interface, fetched last, takes the place of that of the type.',
        data: { top: [{ note: 'dry', stars: 5 }, null, {}, {}] },
      },
    },
  ],
};

const unions: ConformanceSupergraph = {
  name: 'a union with sibling fragments under one response key',
  subgraphs: {
    search: `
      type Query { found: [Found] one: Found! }
      union Found = Person | Group | Place
      type Person @key(fields: "id") { id: ID! address: Address }
      type Group @key(fields: "id") { id: ID! address: Address leader: Person }
      type Place { name: String! address: Address }
      type Address { street: String city: City }
      type City @key(fields: "code") { code: ID! }`,
    people: `
      type Person @key(fields: "id") { id: ID! name: String! phone: String }
      type Group @key(fields: "id") { id: ID! name: String! size: Int }`,
    cities: 'type City @key(fields: "code") { code: ID! label: String people: Int }',
  },
  records: () => ({
    City: [
      { code: 'X', label: 'Xi', people: 13 },
      { code: 'B', label: null, people: 21 },
    ],
    Person: [
      {
        id: 'p1',
        name: 'Li',
        phone: '1',
        address: { street: 's', city: link('City', { code: 'X' }) },
      },
      { id: 'p2', name: 'Wu', phone: null, address: null },
    ],
    Group: [
      {
        id: 'g1',
        name: 'Choir',
        size: 12,
        address: { street: null, city: link('City', { code: 'B' }) },
        leader: link('Person', { id: 'p1' }),
      },
    ],
    Place: [{ name: 'Hall', address: { street: 't', city: null } }],
  }),
  resolvers: {
    Query: {
      found: (_, __, world) => [
        ...world.all('Group'),
        null,
        ...world.all('Person'),
        ...world.all('Place'),
      ],
    },
  },
  cases: [
    { query: '{ found { ... on Person { name } ... on Group { name } ... on Place { name } } }' },
    {
      query: `{ found {
        ... on Person { address { street } }
        ... on Group { address { city { label } } leader { name } }
        ... on Place { address { city { code } } } } }`,
    },
    {
      query: `{ found {
        ... on Group { id address { city { people } } }
        ... on Person { address { city { label people } } id }
        ... on Group { address { city { label } } size } } }`,
    },
    {
      query:
        '{ one { __typename ... on Person { phone address { city { label } } } } found { __typename } }',
    },
  ],
};

const sameKeyOtherType: ConformanceSupergraph = {
  name: 'one response key with different types below',
  subgraphs: {
    events: `
      type Query { events: [Event!]! }
      union Event = Exam | Trip | Rest
      type Exam @key(fields: "id") { id: ID! result: Grade code: String! }
      type Trip @key(fields: "id") { id: ID! result: Report code: Int! }
      type Rest { id: ID! result: Grade code: String }
      type Grade { points: Int! of: Int }
      type Report { points: Int by: String }`,
    more: `
      type Exam @key(fields: "id") { id: ID! place: String! hours: Int }
      type Trip @key(fields: "id") { id: ID! place: String hours: Int! }`,
  },
  records: () => ({
    Exam: [
      { id: 'e1', result: { points: 9, of: 10 }, code: 'E', place: 'A1', hours: 2 },
      { id: 'e2', result: null, code: 'F', place: 'A2', hours: null },
    ],
    Trip: [{ id: 't1', result: { points: null, by: 'Li' }, code: 7, place: null, hours: 48 }],
    Rest: [{ id: 'r1', result: { points: 0, of: null }, code: null }],
  }),
  cases: [
    { query: '{ events { ... on Exam { place } ... on Trip { there: place } } }' },
    {
      query: `{ events {
        ... on Exam { result { points } }
        ... on Trip { report: result { points by } }
        ... on Rest { result { of } } } }`,
    },
    {
      query: `{ events {
        ... on Exam { code result { of } }
        ... on Trip { result { by } at: place }
        ... on Rest { result { of } } } }`,
    },
    { query: '{ events { ... on Exam { id hours } ... on Trip { id long: hours } } }' },
  ],
};

const unionOfMany: ConformanceSupergraph = {
  name: 'an interface whose field other subgraphs answer type by type',
  subgraphs: {
    fleet: `
      type Query { fleet: [Vehicle!]! }
      interface Vehicle { plate: ID! driver: Driver }
      type Car implements Vehicle @key(fields: "plate") { plate: ID! driver: Driver }
      type Bus implements Vehicle @key(fields: "plate") { plate: ID! driver: Driver seats: Int }
      type Driver @key(fields: "no") { no: Int! }`,
    drivers: `
      type Driver @key(fields: "no") { no: Int! name: String vehicle: Vehicle }
      interface Vehicle { plate: ID! }
      type Car implements Vehicle @key(fields: "plate") { plate: ID! fuel: String }
      type Bus implements Vehicle @key(fields: "plate") { plate: ID! route: Int }`,
  },
  records: () => ({
    Driver: [
      { no: 1, name: 'Li', vehicle: link('Bus', { plate: 'B' }) },
      { no: 2, name: null, vehicle: null },
    ],
    Car: [{ plate: 'C', driver: link('Driver', { no: 1 }), fuel: 'gas' }],
    Bus: [
      { plate: 'B', driver: link('Driver', { no: 2 }), seats: 40, route: 5 },
      { plate: 'D', driver: null, seats: null, route: null },
    ],
  }),
  cases: [
    { query: '{ fleet { plate driver { name } } }' },
    {
      query: '{ fleet { ... on Car { fuel driver { vehicle { plate } } } ... on Bus { route } } }',
    },
    { query: '{ fleet { driver { vehicle { driver { name } ... on Bus { seats } } } } }' },
  ],
};

export const abstract = [interfaces, interfaceKey, unions, sameKeyOtherType, unionOfMany];
