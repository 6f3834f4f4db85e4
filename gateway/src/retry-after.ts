import type { ApolloServerPlugin } from '@apollo/server';

/** Says in the header when to come back, where an error of the answer says so (RFC 9110, 10.2.3). */
export const retryAfter: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async willSendResponse({ response: { body, http } }) {
        const errors = (body.kind === 'single' && body.singleResult.errors) || [];
        const seconds = errors
          .map(({ extensions }) => extensions?.['retryAfterSeconds'])
          .filter((one) => typeof one === 'number');
        if (seconds.length > 0) http.headers.set('retry-after', String(Math.max(...seconds)));
      },
    };
  },
};
