/** What a person sends to have students as a file. */
import type { RequestedExport } from '@chengxin/kit/call/export-paths';
import { fault } from '@chengxin/kit/errors';
import { getVariableValues, type GraphQLSchema } from 'graphql';
import { importJWK, type JWK } from 'jose';
import { isObject, type Values } from '../../objects.js';
import type { ExportOperation } from './export-operations.js';

export type ExportWish = Omit<RequestedExport, 'operation' | 'operationHash' | 'studentCount'> & {
  readonly operation: ExportOperation;
};

const FORMATS = ['NDJSON', 'CSV', 'XLSX'] as const;
/** A name is a person’s: the request, which is kept, would name him. */
const FILTERS = ['college', 'classCode', 'majorCode', 'cohort', 'enrolmentStatus'];
const VARIABLES = ['filter', 'order'];
const CURVES = ['P-256', 'X25519'];
/** Whatever the variables say, one page is as long as another. */
export const ROWS_OF_A_PAGE = 100;

/** How the file's key is wrapped for a key of these curves (RFC 7518, 4.6). */
export const WRAPPED_BY = 'ECDH-ES+A256KW';

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() ? value : undefined;

/** @throws VALIDATION for what is no public key; a private one is refused by name. */
async function publicKeyOf(value: unknown): Promise<Values> {
  const wrong = fault(
    'VALIDATION',
    'publicKey: 须为公钥 JWK。 A public JWK, P-256 or X25519, without its private part.',
  );
  if (!isObject(value) || 'd' in value) throw wrong;
  const { kty, crv, x, y } = value as JWK;
  if (!kty || !crv || !CURVES.includes(crv) || !x) throw wrong;
  const jwk = { kty, crv, x, ...(y && { y }) };
  try {
    await importJWK(jwk, WRAPPED_BY);
  } catch {
    throw wrong;
  }
  return jwk;
}

/** @throws VALIDATION naming the variable; no value is repeated. */
function variablesOf(
  value: unknown,
  { definition: { variableDefinitions = [] } }: ExportOperation,
  schema: GraphQLSchema,
): Values {
  const variables = value ?? {};
  if (!isObject(variables)) throw fault('VALIDATION', 'variables: 须为对象。 An object is wanted.');
  const { filter } = variables;
  const unknown = [
    ...Object.keys(variables).filter((name) => !VARIABLES.includes(name)),
    ...(isObject(filter) ? Object.keys(filter) : [])
      .filter((name) => !FILTERS.includes(name))
      .map((name) => `filter.${name}`),
  ];
  if (unknown.length)
    throw fault(
      'VALIDATION',
      `variables: 不可用 ${unknown.join(', ')}。 Not of an export; it takes ${[...VARIABLES, ...FILTERS.map((name) => `filter.${name}`)].join(', ')}.`,
    );
  const { errors = [] } = getVariableValues(schema, variableDefinitions, {
    ...variables,
    first: ROWS_OF_A_PAGE,
  });
  if (errors.length)
    throw fault('VALIDATION', 'variables: 与操作不符。 They do not fit the operation.');
  return variables;
}

function objectIn(body: Buffer): Values {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (isObject(value)) return value;
  } catch {
    // As if it were no object.
  }
  throw fault('VALIDATION', '须为 JSON 对象。 A JSON object is wanted.');
}

/** @throws VALIDATION naming what is wrong; OPERATION_UNKNOWN. */
export async function readExportWish(
  body: Buffer,
  operations: ReadonlyMap<string, ExportOperation>,
  schema: GraphQLSchema,
): Promise<ExportWish> {
  const given = objectIn(body);
  const clientMutationId = textOf(given['clientMutationId']);
  if (!clientMutationId)
    throw fault('VALIDATION', 'clientMutationId: 请给出请求编号。 Number the request.');
  const operation = operations.get(textOf(given['operation']) ?? '');
  if (!operation)
    throw fault('OPERATION_UNKNOWN', `operation: ${[...operations.keys()].join(', ')}.`);
  const format = FORMATS.find((one) => one === given['format']);
  if (!format) throw fault('VALIDATION', `format: ${FORMATS.join(', ')}.`);
  const reason = textOf(given['reason']);
  return {
    clientMutationId,
    ...(reason !== undefined && { reason }),
    operation,
    variables: variablesOf(given['variables'], operation, schema),
    format,
    publicKey: await publicKeyOf(given['publicKey']),
  };
}
