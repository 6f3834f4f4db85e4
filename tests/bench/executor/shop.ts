/**
 * The four subgraphs of the scenario by which public benchmarks compare gateways: accounts, inventory,
 * products and reviews, and the one deep query that they send.
 */
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

interface Named {
  readonly id: string;
}
interface Priced {
  readonly upc: string;
  readonly price?: number;
  readonly weight?: number;
}

const USERS = [
  'Uri Goldshtein',
  'Dotan Simha',
  'Kamil Kisiela',
  'Arda Tanrikulu',
  'Gil Gardosh',
].map((name, index) => ({
  id: String(index + 1),
  name,
  username: name.toLowerCase().replaceAll(' ', ''),
  birthday: 1_234_567_890 + index,
}));
const PRODUCTS = ['Table', 'Couch', 'Glass', 'Chair', 'TV', 'Lamp', 'Grill', 'Fridge', 'Sofa'].map(
  (name, index) => ({
    upc: String(index + 1),
    name,
    price: ((index * 577) % 2000) + 15,
    weight: (index * 311) % 1000,
  }),
);
/** Each user on a few products, so that authors and products come up again and again. */
const REVIEWS = USERS.flatMap(({ id }, index) =>
  [0, 2, 5].map((step) => ({
    id: `${id}${step}`,
    body: `A review of ${step} by ${id}.`,
    author: { __typename: 'User', id },
    product: { __typename: 'Product', upc: PRODUCTS[(index + step) % PRODUCTS.length]?.upc ?? '' },
  })),
);
const byId = <Row extends Named>(rows: readonly Row[], { id }: Named) =>
  rows.find((row) => row.id === id);

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@requires", "@provides", "@external", "@shareable"])`;

const SUBGRAPHS = {
  accounts: {
    typeDefs: `
      type Query { me: User user(id: ID!): User users: [User] }
      type User @key(fields: "id") { id: ID! name: String username: String @shareable birthday: Int }`,
    resolvers: {
      Query: {
        me: () => USERS[0],
        user: (_: unknown, args: Named) => byId(USERS, args),
        users: () => USERS,
      },
      User: { __resolveReference: (reference: Named) => byId(USERS, reference) },
    },
  },
  products: {
    typeDefs: `
      type Query { topProducts(first: Int = 5): [Product] }
      type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
    resolvers: {
      Query: {
        topProducts: (_: unknown, { first }: { readonly first: number }) =>
          PRODUCTS.slice(0, first),
      },
      Product: {
        __resolveReference: ({ upc }: Priced) => PRODUCTS.find((product) => product.upc === upc),
      },
    },
  },
  inventory: {
    typeDefs: `
      type Product @key(fields: "upc") {
        upc: String! weight: Int @external price: Int @external inStock: Boolean
        shippingEstimate: Int @requires(fields: "price weight")
      }`,
    resolvers: {
      Product: {
        __resolveReference: (reference: Priced) => reference,
        inStock: ({ upc }: Priced) => Number(upc) % 2 === 1,
        shippingEstimate: ({ price = 0, weight = 0 }: Priced) =>
          price > 1000 ? 0 : Math.round(weight / 2),
      },
    },
  },
  reviews: {
    typeDefs: `
      type Review @key(fields: "id") {
        id: ID! body: String author: User @provides(fields: "username") product: Product
      }
      type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
      type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
    resolvers: {
      Review: {
        __resolveReference: (reference: Named) => byId(REVIEWS, reference),
        author: ({ author }: (typeof REVIEWS)[number]) => ({
          ...author,
          username: byId(USERS, author)?.username,
        }),
      },
      User: {
        __resolveReference: (reference: Named) => reference,
        reviews: ({ id }: Named) => REVIEWS.filter(({ author }) => author.id === id),
      },
      Product: {
        __resolveReference: (reference: Priced) => reference,
        reviews: ({ upc }: Priced) => REVIEWS.filter(({ product }) => product.upc === upc),
      },
    },
  },
};

const documentOf = (typeDefs: string) => parse(`${LINK}\n${typeDefs}`);

/** Executable schema of each subgraph, by name. */
export const shopSchemas = () =>
  Object.entries(SUBGRAPHS).map(
    ([name, { typeDefs, resolvers }]) =>
      [name, buildSubgraphSchema([{ typeDefs: documentOf(typeDefs), resolvers }])] as const,
  );

/** @param urlOf  Where a subgraph answers. */
export function shopSupergraph(urlOf: (subgraph: string) => string): string {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(SUBGRAPHS).map(([name, { typeDefs }]) => ({
      name,
      url: urlOf(name),
      typeDefs: documentOf(typeDefs),
    })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join());
  return supergraphSdl;
}

export const SHOP_QUERY = `
  fragment User on User { id username name }
  fragment Review on Review { id body }
  fragment Product on Product { inStock name price shippingEstimate upc weight }
  query TestQuery {
    users {
      ...User
      reviews {
        ...Review
        product {
          ...Product
          reviews {
            ...Review
            author { ...User reviews { ...Review product { ...Product } } }
          }
        }
      }
    }
    topProducts {
      ...Product
      reviews {
        ...Review
        author { ...User reviews { ...Review product { ...Product } } }
      }
    }
  }`;
