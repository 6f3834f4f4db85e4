/**
 * Questions about the schema alone. They are answered from the schema itself: the planner knows the
 * introspection of an older specification, without `isOneOf`, and no office has anything to add.
 */
import type {
  GatewayExecutionResult,
  GatewayGraphQLRequestContext,
} from '@apollo/server-gateway-interface';
import { execute, type GraphQLSchema } from 'graphql';
import type { Filtered } from './filter.js';

/** Whether every root field is `__schema`, `__type` or `__typename`. */
export const isAboutSchema = ({ root, isMutation }: Filtered): boolean =>
  !isMutation &&
  root.fields.length > 0 &&
  root.fields.every(({ node }) => node.name.value.startsWith('__'));

/** Validation has refused it before, where introspection is off. Source: DOMAIN 3.7(9). */
export const answerAboutSchema = async (
  schema: GraphQLSchema,
  { document, request }: GatewayGraphQLRequestContext,
): Promise<GatewayExecutionResult> =>
  execute({
    schema,
    document,
    operationName: request.operationName ?? null,
    variableValues: request.variables ?? {},
  });
