import type { ApolloServerPlugin } from '@apollo/server';
import type { Context } from '../call/context.js';
import { extensionsWith } from '../privacy/ruled-texts.js';

/** Puts beside an answer what its decisions rule. */
export const ruledBeside: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ contextValue, response: { body } }) => {
      if (body.kind === 'single')
        Object.assign(body.singleResult, extensionsWith(contextValue.sealing.texts()));
    },
  }),
};
