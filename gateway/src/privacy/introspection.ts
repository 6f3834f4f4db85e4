/**
 * Questions about the schema alone. They are answered from the schema itself: the planner knows the
 * introspection of an older specification, without `isOneOf`, and no office has anything to add.
 */
import type { GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import { executeSync, Kind, type FieldNode, type GraphQLSchema } from 'graphql';
import { isAboutSchema } from './collect-fields.js';
import type { Filtered } from './filter.js';

/** Whether nothing is selected but the schema, and the name of the root type. */
export const isAllAboutSchema = ({ root, isMutation }: Filtered): boolean =>
  !isMutation &&
  root.fields.length > 0 &&
  root.fields.every(({ node }) => node.name.value.startsWith('__'));

/**
 * What is selected of the schema, by response key; executed when it is first read. Validation has
 * refused it before, where introspection is off. Source: DOMAIN 3.7(9).
 */
export function aboutSchemaOf(
  schema: GraphQLSchema,
  { document, operation, request }: GatewayGraphQLRequestContext,
  { root }: Filtered,
): (key: string) => unknown {
  let found: Readonly<Record<string, unknown>> | undefined;
  const read = (): Readonly<Record<string, unknown>> => {
    const selections = root.fields.filter(isAboutSchema).map(({ node, sets }): FieldNode => ({
      ...node,
      selectionSet: {
        kind: Kind.SELECTION_SET,
        selections: sets.flatMap((set) => set.selections),
      },
    }));
    const kept = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
    const selectionSet = { kind: Kind.SELECTION_SET, selections } as const;
    const { data } = executeSync({
      schema,
      document: {
        kind: Kind.DOCUMENT,
        definitions: [{ ...operation, selectionSet }, ...kept],
      },
      variableValues: request.variables ?? {},
    });
    return data ?? {};
  };
  return (key) => {
    found ??= read();
    return found[key] ?? null;
  };
}
