/** urql with its normalised cache as docs/clients.md sets it up. */
import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import type { IntrospectionQuery } from 'graphql';

export const urqlClient = (url: string, token: string, schema: IntrospectionQuery): Client =>
  new Client({
    url,
    // A query stands in no address: neither logs nor histories may hold a student's number.
    preferGetMethod: false,
    fetchOptions: { headers: { authorization: `Bearer ${token}` } },
    exchanges: [
      cacheExchange({
        // With the schema it knows which fields may be null, and keeps the rest of the answer.
        schema,
        keys: {
          Student: ({ studentNo }) => studentNo as string,
          // Selected without `id` it lies in its student.
          Arrears: ({ id }) => (id ?? null) as string | null,
        },
        resolvers: { Query: { bills: relayPagination() } },
      }),
      fetchExchange,
    ],
  });
