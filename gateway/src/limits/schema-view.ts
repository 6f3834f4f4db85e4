/** The schema by which a request is measured, as its caller may know it. */
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import type { GraphQLSchema } from 'graphql';
import { readPolicies } from '../privacy/policies.js';
import { readFieldOffices, type FieldOffices } from './field-offices.js';
import { publicSchema } from './public-schema.js';

export interface SchemaView {
  readonly schema: GraphQLSchema;
  readonly offices: FieldOffices;
  /** Validates callers without a login; absent where the schema is published. */
  readonly open?: GraphQLSchema;
}

/** Follows the gateway's schema when it is swapped. */
export function followSchema(gateway: GatewayInterface, introspection: boolean): () => SchemaView {
  let view: SchemaView | undefined;
  gateway.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => {
    view = undefined;
    const offices = readFieldOffices(coreSupergraphSdl);
    const open = introspection
      ? {}
      : { open: publicSchema(apiSchema, readPolicies(coreSupergraphSdl)) };
    view = { schema: apiSchema, offices, ...open };
  });
  return () => {
    if (!view) throw new Error('The schema is not known.');
    return view;
  };
}
