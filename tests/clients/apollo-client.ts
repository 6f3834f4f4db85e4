/** Apollo Client 4 as docs/clients.md sets it up. */
import { ApolloClient, HttpLink, InMemoryCache, type TypePolicies } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

declare module '@apollo/client' {
  namespace ApolloClient {
    namespace DeclareDefaultOptions {
      interface Query {
        errorPolicy: 'all';
      }
      interface WatchQuery {
        errorPolicy: 'all';
      }
    }
  }
}

/** A student is known by the number; everything else by `id`, or it lies in its student. */
export const typePolicies: TypePolicies = {
  Student: { keyFields: ['studentNo'] },
  Query: { fields: { bills: relayStylePagination(['filter', 'order']) } },
};

export const apolloClient = (uri: string, token: string): ApolloClient =>
  new ApolloClient({
    link: new HttpLink({ uri, headers: { authorization: `Bearer ${token}` } }),
    cache: new InMemoryCache({ typePolicies }),
    // Without it one refused field takes the whole answer away.
    defaultOptions: { query: { errorPolicy: 'all' }, watchQuery: { errorPolicy: 'all' } },
  });
