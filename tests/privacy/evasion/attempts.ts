/** Attempts to get round the tables: who selects what, and the whole answer that he gets. */
import { sentence, type ErrorCode } from '@chengxin/kit/errors';
import type { Shown } from '@chengxin/kit/privacy/masks';
import { CALLERS } from '../../support/callers.js';
import type { Answer, TestCollege } from '../../support/college.js';
import { maskedAt } from '../../support/masked-at.js';
import { errorOf } from '../../support/straight.js';
import { clauseOf } from '../reviewed.js';

export interface Attempt {
  /** A role of the callers' table, or a person with headers of his own. */
  readonly as: string | readonly [person: string | null, headers: Record<string, string>];
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly answer: unknown;
}

/** Person and headers of a role. */
export function caller(role: string): readonly [string | null, Record<string, string>] {
  const found = CALLERS.find(([name]) => name === role);
  if (!found) throw new Error(`Nobody has the role ${role}.`);
  return [found[1], found[2]];
}

/** The answer to an attempt, without the places in the document. */
export async function send(
  college: TestCollege,
  { as, query, variables = {} }: Omit<Attempt, 'answer'>,
): Promise<Answer> {
  const [person, headers] = typeof as === 'string' ? caller(as) : as;
  const { errors, ...rest } = await college.request(person, query, { variables, headers });
  if (!errors) return rest;
  const withoutPlaces = errors.map((error) => {
    const { locations: _, ...kept } = error as typeof error & { locations?: unknown };
    return kept;
  });
  return { ...rest, errors: withoutPlaces };
}

/** `bills.0.item`: response keys, and positions in lists. */
const stepsOf = (path: string) =>
  path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** A refused selection, as its role reads the error. */
export const refused = (role: string, group: string, path: string, more: object = {}) =>
  errorOf('FORBIDDEN_FIELD', stepsOf(path), {
    group,
    clause: clauseOf(group),
    rule: `${role}.${clauseOf(group)}`,
    ...more,
  });
/** The same, where the group is open in part and this field of it is not. */
export const masked = (role: string, group: string, path: string) =>
  refused(role, group, path, { masked: true });

/** What is said of a selection that is answered in part (docs/decisions/0011). */
export const inPart = (role: string, group: string, shown: Shown, path: string) =>
  maskedAt({ shown, group, rule: `${role}.${clauseOf(group)}` }, path.split('.'));

export const notFound = (...path: (string | number)[]) => errorOf('NOT_FOUND', path);

/** A request that is refused as a whole. */
export const wrong = (message: string) => ({
  errors: [{ message, extensions: { code: 'VALIDATION' } }],
});
export const shut = (code: ErrorCode, what = '') => ({
  errors: [{ message: `${sentence(code)}${what && ` ${what}`}`, extensions: { code } }],
});

/** A part of an answer that is there. */
export function partOf<Part>({ data }: Answer, key: string): Part {
  const { [key]: part } = data ?? {};
  if (part === undefined || part === null) throw new Error(`Nothing was answered of ${key}.`);
  return part as Part;
}
