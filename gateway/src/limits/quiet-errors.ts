/** Where the schema is not published, complaints name nothing but the caller's own words (DOMAIN 3.7(9)). */
import { sentence } from '@chengxin/kit/errors';
import { GraphQLError, type ASTNode, type GraphQLFormattedError } from 'graphql';

type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** What the server and the validation say of a request, in words that describe the schema or them. */
const COMPLAINTS: ReadonlySet<unknown> = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_VALIDATION_FAILED',
]);

/** The word of the caller that a node of his document begins with. */
function wordOf(node: ASTNode | undefined): string {
  if (!node) return '';
  if (node.kind === 'VariableDefinition') return `$${node.variable.name.value}`;
  if (node.kind === 'EnumValue') return node.value;
  return 'name' in node && node.name ? node.name.value : '';
}

/** `1:12: gpaa.`: line, column and word. */
function placeOf({ locations }: GraphQLFormattedError, error: unknown): string {
  const [place] = locations ?? [];
  const cause = error instanceof GraphQLError ? error : undefined;
  const parts = [place && `${place.line}:${place.column}`, wordOf(cause?.nodes?.[0])];
  const text = parts.filter(Boolean).join(': ');
  return text && ` ${text}.`;
}

export const quietly =
  (format: FormatError): FormatError =>
  (formatted, error) => {
    const answer = format(formatted, error);
    if (!COMPLAINTS.has(formatted.extensions?.['code'])) return answer;
    return { ...answer, message: `${sentence('VALIDATION')}${placeOf(formatted, error)}` };
  };
