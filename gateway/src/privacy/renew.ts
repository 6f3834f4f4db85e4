/** What becomes of a query by which time went that an office may answer by (docs/decisions/0017). */
import { isFault, sentence, type ErrorCode } from '@chengxin/kit/errors';
import { isLapsed } from '@chengxin/kit/call/lapsed';
import { GraphQLError } from 'graphql';
import type { GatewayContext } from '../context.js';

type Renewal = 'RENEWED' | 'ENDED' | 'UNKNOWN';

/**
 * Identifies the caller once more, and puts that into the context. There is no third time.
 *
 * @returns ENDED when he is refused now; UNKNOWN when that cannot be said, or was done before.
 */
export async function renew(context: GatewayContext): Promise<Renewal> {
  const { identifyAgain } = context;
  if (!identifyAgain) return 'UNKNOWN';
  delete context.identifyAgain;
  try {
    context.identity = await identifyAgain();
    return 'RENEWED';
  } catch (error) {
    if (!isFault(error)) throw error;
    return error.extensions['code'] === 'SUBGRAPH_UNAVAILABLE' ? 'UNKNOWN' : 'ENDED';
  }
}

const CODE: ErrorCode = 'NOT_FOUND';

/** What lapsed while the access ended is answered as if it had ended before. */
export const asEnded = (error: GraphQLError): GraphQLError =>
  isLapsed(error)
    ? new GraphQLError(sentence(CODE), { path: error.path ?? [], extensions: { code: CODE } })
    : error;
