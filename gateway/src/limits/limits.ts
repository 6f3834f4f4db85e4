/** What is refused of a valid operation before it is planned (DOMAIN 3.7(9), (10)). */
import type { ApolloServerPlugin } from '@apollo/server';
import { fault, type ErrorCode } from '@chengxin/kit/errors';
import type { Log } from '@chengxin/kit/log';
import type { Role } from '@chengxin/kit/privacy/roles';
import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';
import { NAME_AT_MOST, type GatewayContext } from '../context.js';
import { hashOf, type KnownOperations, type Level } from './known-operations.js';
import { MOST_COST, MOST_DEPTH, sizeOfOperation } from './size.rules.js';
import { nulIn } from './text.rules.js';

const fragmentsOf = ({ definitions }: DocumentNode): Map<string, FragmentDefinitionNode> =>
  new Map(
    definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );

/** Without a status Apollo would take it for a failure of ours. */
const refused = (code: ErrorCode, what?: string) => fault(code, what, { http: { status: 400 } });

export interface LimitParts {
  readonly known: KnownOperations;
  readonly levelOf: (role: Role) => Level;
  readonly log: Log;
}

interface Asked {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

function checkKnown({ known, levelOf, log }: LimitParts, role: Role, asked: Asked): void {
  const level = levelOf(role);
  if (level === 'off') return;
  const hash = hashOf(asked.document);
  if (known.has(hash)) return;
  if (level === 'only') throw refused('OPERATION_UNKNOWN');
  // Its name and hash, never its variables (DOMAIN 3.7(8)).
  const name = asked.operation.name?.value.slice(0, NAME_AT_MOST);
  log.info({ role, name, hash }, 'an operation is not known');
}

/** Refuses what is too deep, too costly or no text and, by the level of the role, what is not known. */
export const limits = (parts: LimitParts): ApolloServerPlugin<GatewayContext> => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request, contextValue }) {
        // What names no operation was refused before.
        if (!operation) return;
        checkKnown(parts, contextValue.identity.role, { document, operation });
        const fragments = fragmentsOf(document);
        const variables = request.variables ?? {};
        const nul = nulIn(document, variables);
        if (nul) throw refused('VALIDATION', `${nul}: U+0000.`);
        const { depth, cost } = sizeOfOperation({ schema, operation, fragments, variables });
        if (depth > MOST_DEPTH) throw refused('QUERY_TOO_DEEP', `${depth} > ${MOST_DEPTH}.`);
        if (cost > MOST_COST) throw refused('QUERY_TOO_COSTLY', `${cost} > ${MOST_COST}.`);
      },
    };
  },
});
