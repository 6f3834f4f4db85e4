import { Supergraph } from '@apollo/federation-internals';
import { specifyScalars } from '@chengxin/kit/schema/scalars';
import { printSchema } from 'graphql';
import { withoutSecurityMark } from '@chengxin/gateway/privacy/guarded-gateway';

/** What a client may select, as one plain schema: for code generators and editors. */
export function clientSchema(supergraph: string): string {
  const api = Supergraph.build(withoutSecurityMark(supergraph)).apiSchema();
  const schema = api.toGraphQLJSSchema();
  specifyScalars(schema);
  return printSchema(schema);
}
