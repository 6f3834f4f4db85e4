/** What the person who acts can mend himself: it stands in the payload (DOMAIN 2.7). */
import { GraphQLError } from 'graphql';
import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';
import { fault } from '../errors.js';
import { Inherit } from '../schema/guard.js';

export enum ChangeErrorCode {
  VERSION_CONFLICT = 'VERSION_CONFLICT',
  SOD_VIOLATION = 'SOD_VIOLATION',
  STATE_CONFLICT = 'STATE_CONFLICT',
  DEADLINE_PASSED = 'DEADLINE_PASSED',
  VALIDATION = 'VALIDATION',
  NOT_FOUND = 'NOT_FOUND',
  FORBIDDEN_ACTION = 'FORBIDDEN_ACTION',
}
/** Of one row among several: alone it is an error of the whole request. */
const OF_ONE_ROW: ReadonlySet<ChangeErrorCode> = new Set([
  ChangeErrorCode.NOT_FOUND,
  ChangeErrorCode.FORBIDDEN_ACTION,
]);
registerEnumType(ChangeErrorCode, {
  name: 'ChangeErrorCode',
  description:
    'What the person who acts can mend; the last two of one row among several that are decided at once.',
});

@ObjectType({ description: 'Why nothing was changed, for the person who acts.' })
@Directive('@shareable')
@Inherit()
export class ChangeError {
  @Field(() => ChangeErrorCode)
  code!: ChangeErrorCode;

  @Field(() => String, { description: 'One sentence, zh-CN with English beside it.' })
  message!: string;

  @Field(() => [String], { description: 'Argument that is wrong; empty for the row as a whole.' })
  path!: string[];
}

/** What a broken constraint of the database means to the person who acts. */
export interface ConstraintMeaning {
  readonly code: ChangeErrorCode;
  /** zh-CN with English beside it; the usual sentence of the code, when nothing is said. */
  readonly what?: string;
  readonly path?: readonly string[];
}

/** An error that the payload reports. */
export const changeFault = (
  code: ChangeErrorCode,
  what?: string,
  path: readonly string[] = [],
): GraphQLError => fault(code, what, { path: [...path] });

/** An argument that a rule refuses: which one, and why in zh-CN and English. */
export const invalid = (path: string, what: string): GraphQLError =>
  changeFault(ChangeErrorCode.VALIDATION, what, [path]);

/** An error as the result of one row among several reports it; undefined for one of the whole call. */
export function ofRow(error: unknown): ChangeError | undefined {
  if (!(error instanceof GraphQLError)) return undefined;
  const { code, path = [] } = error.extensions as { code?: string; path?: string[] };
  const known = Object.values(ChangeErrorCode).find((name) => name === code);
  return known && { code: known, message: error.message, path };
}

/** An error as the payload reports it; undefined for one that the person cannot mend. */
export function mendable(error: unknown): ChangeError | undefined {
  const reported = ofRow(error);
  return reported && !OF_ONE_ROW.has(reported.code) ? reported : undefined;
}
