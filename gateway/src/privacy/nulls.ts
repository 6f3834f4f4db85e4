/** Variables that are null where no null may stand (docs/decisions/0030). */
import type { GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import { fault } from '@chengxin/kit/errors';
import {
  isNonNullType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import type { Variables } from './conditions.js';
import { alone } from './forwarded-operation.js';

const NOT_HERE = '此处不能为 null。 It must not be null here.';

/**
 * GraphQL lets a nullable variable stand where null may not, if it has a default or the place has
 * one. `query ($a: Boolean = true) { bills @include(if: $a) { … } }` is valid, and with null for
 * `$a` it fails only when it is executed. Before that the filter takes the null for false: a field
 * that is refused would be left out without its error.
 *
 * @param variables  As they were coerced: a default stands where nothing was sent.
 * @returns          VALIDATION with the names; undefined when there is none.
 */
export function misplacedNull(
  schema: GraphQLSchema,
  { document, operation }: Pick<GatewayGraphQLRequestContext, 'document' | 'operation'>,
  variables: Variables,
): GraphQLError | undefined {
  const isNull = (name: string): boolean => variables[name] === null;
  if (!Object.keys(variables).some(isNull)) return undefined;
  const types = new TypeInfo(schema);
  const misplaced = new Set<string>();
  visit(
    alone(document, operation),
    visitWithTypeInfo(types, {
      VariableDefinition: () => false,
      Variable({ name: { value: name } }) {
        if (isNull(name) && isNonNullType(types.getInputType())) misplaced.add(`$${name}`);
      },
    }),
  );
  return misplaced.size
    ? fault('VALIDATION', `${[...misplaced].join(', ')}: ${NOT_HERE}`)
    : undefined;
}
