import type { ApolloServerPlugin } from '@apollo/server';
import { fault } from '@chengxin/kit/errors';

/** A request runs one operation of its document; it must be clear which. */
export const oneOperation: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation }) {
        // Typed as if it were always found; it is not when the name is wrong or missing.
        if ((operation as typeof operation | undefined) !== undefined) return;
        const what = 'operationName: 文档中没有此操作。 The document has no such operation.';
        throw fault('VALIDATION', what, { http: { status: 400 } });
      },
    };
  },
};
