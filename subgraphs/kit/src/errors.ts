import { GraphQLError } from 'graphql';

/** The closed list of error codes. Source: DOMAIN 2.7. */
export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'NOT_FOUND',
  'FORBIDDEN_FIELD',
  'FORBIDDEN_ACTION',
  'PURPOSE_REQUIRED',
  'CASE_EXPIRED',
  'CASE_SCOPE',
  'CONSENT_REQUIRED',
  'CONSENT_EXPIRED',
  'TOKEN_EXPIRED',
  'RECORD_SEALED',
  'K_ANON_SUPPRESSED',
  'STATE_CONFLICT',
  'VERSION_CONFLICT',
  'SOD_VIOLATION',
  'DEADLINE_PASSED',
  'VALIDATION',
  'RATE_LIMITED',
  'SUBGRAPH_UNAVAILABLE',
  'AUDIT_UNAVAILABLE',
  'BODY_TOO_LARGE',
  'QUERY_TOO_DEEP',
  'QUERY_TOO_COSTLY',
  'OPERATION_UNKNOWN',
  'STUDENT_CAP',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

const CODES: ReadonlySet<string> = new Set(ERROR_CODES);

/** Sentences for people: zh-CN with English beside it (F-10). They carry no personal data. */
const SENTENCES: Record<ErrorCode, string> = {
  UNAUTHENTICATED: '请先登录。 Log in first.',
  NOT_FOUND: '没有找到。 Not found.',
  FORBIDDEN_FIELD: '您无权查看此字段。 You may not see this field.',
  FORBIDDEN_ACTION: '您无权执行此操作。 You may not do this.',
  PURPOSE_REQUIRED: '请说明用途及其依据。 Name the purpose and the reference that it needs.',
  CASE_EXPIRED: '评审已结束或尚未开始。 The case is not open.',
  CASE_SCOPE: '此评审不属于您。 The case is not yours.',
  CONSENT_REQUIRED: '需要本人同意。 The consent of the person is needed.',
  CONSENT_EXPIRED: '授权已失效。 The consent is no longer in force.',
  TOKEN_EXPIRED: '令牌已失效。 The token is no longer valid.',
  RECORD_SEALED: '记录已依法封存。 The record is sealed by law.',
  K_ANON_SUPPRESSED: '人数过少，不予显示。 Too few persons to be shown.',
  STATE_CONFLICT: '当前状态不允许此操作。 The present state does not allow this.',
  VERSION_CONFLICT: '数据已被他人修改，请重新读取。 Somebody changed this; read it again.',
  SOD_VIOLATION: '须由另一人办理。 A second person must do this.',
  DEADLINE_PASSED: '已超过期限。 The time limit has passed.',
  VALIDATION: '输入有误。 The input is not valid.',
  RATE_LIMITED: '请求过于频繁。 Too many requests.',
  SUBGRAPH_UNAVAILABLE: '该部门数据暂不可用。 The office does not answer at present.',
  AUDIT_UNAVAILABLE:
    '无法登记本次查询，故不予显示。 The access could not be recorded, so nothing is shown.',
  BODY_TOO_LARGE: '请求过大。 The request is too large.',
  QUERY_TOO_DEEP: '查询嵌套过深。 The query is too deep.',
  QUERY_TOO_COSTLY: '查询开销过大。 The query is too costly.',
  OPERATION_UNKNOWN: '未登记的查询。 The operation is not a registered one.',
  STUDENT_CAP: '一小时内查询的学生过多。 Too many students opened within an hour.',
};

/** The usual sentence of a code. */
export const sentence = (code: ErrorCode): string => SENTENCES[code];

/**
 * An error for the caller.
 *
 * @param what   Which thing is wrong and where, for `VALIDATION` above all; never a value.
 */
export const fault = (
  code: ErrorCode,
  what?: string,
  extensions: Record<string, unknown> = {},
): GraphQLError =>
  new GraphQLError(what ? `${SENTENCES[code]} ${what}` : SENTENCES[code], {
    extensions: { ...extensions, code },
  });

/** Whether an error may leave the house as it stands; everything else is masked. */
export const isFault = (error: unknown): error is GraphQLError =>
  error instanceof GraphQLError && CODES.has(String(error.extensions['code']));
