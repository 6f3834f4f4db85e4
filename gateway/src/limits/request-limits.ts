/**
 * Limits of one request, whichever office answers it. Source: DOMAIN 3.7(10), docs/decisions/0014.
 */
import type { ErrorCode } from '@chengxin/kit/errors';

interface RequestLimit {
  readonly code: ErrorCode;
  /** Of callers without a login, whom nobody can trace afterwards. */
  readonly anonymous: number;
  readonly loggedIn: number;
}

/** Each with its name in `extensions.limit`; figures by `npm run bench -- hostile`. */
export const REQUEST_LIMITS = {
  /** Characters of the operation. */
  queryLength: { code: 'BODY_TOO_LARGE', anonymous: 8_000, loggedIn: 50_000 },
  tokens: { code: 'QUERY_TOO_COSTLY', anonymous: 1_000, loggedIn: 5_000 },
  /** Brackets within one another, of selections, lists, input objects and types. */
  nesting: { code: 'QUERY_TOO_DEEP', anonymous: 30, loggedIn: 30 },
  /** Operations in the document; one of them runs, all are validated. */
  operations: { code: 'QUERY_TOO_COSTLY', anonymous: 5, loggedIn: 20 },
  fragments: { code: 'QUERY_TOO_COSTLY', anonymous: 10, loggedIn: 50 },
  aliases: { code: 'QUERY_TOO_COSTLY', anonymous: 20, loggedIn: 200 },
  directives: { code: 'QUERY_TOO_COSTLY', anonymous: 10, loggedIn: 100 },
  /** Variables that decide what is selected (`@include`, `@skip`): each may double the plans. */
  conditions: { code: 'QUERY_TOO_COSTLY', anonymous: 2, loggedIn: 4 },
  variables: { code: 'QUERY_TOO_COSTLY', anonymous: 20, loggedIn: 100 },
  /** Fields below one another, fragments unfolded. */
  depth: { code: 'QUERY_TOO_DEEP', anonymous: 10, loggedIn: 10 },
  /** Fields and fragments, each as often as it is spread. */
  selections: { code: 'QUERY_TOO_COSTLY', anonymous: 400, loggedIn: 1_500 },
  rootFields: { code: 'QUERY_TOO_COSTLY', anonymous: 20, loggedIn: 120 },
  /** Selections of a response key that its selection set has already: merged pair by pair. */
  repeats: { code: 'QUERY_TOO_COSTLY', anonymous: 50, loggedIn: 300 },
  /** Students that are named, in the text or in variables. */
  students: { code: 'QUERY_TOO_COSTLY', anonymous: 100, loggedIn: 100 },
  /** Characters of all texts and keys in variables. */
  variableLength: { code: 'BODY_TOO_LARGE', anonymous: 4_000, loggedIn: 100_000 },
  variableKeys: { code: 'QUERY_TOO_COSTLY', anonymous: 50, loggedIn: 500 },
  variableItems: { code: 'QUERY_TOO_COSTLY', anonymous: 50, loggedIn: 1_000 },
  variableDepth: { code: 'QUERY_TOO_DEEP', anonymous: 5, loggedIn: 10 },
  /** Calls to offices, as the plan will have them. */
  calls: { code: 'QUERY_TOO_COSTLY', anonymous: 10, loggedIn: 80 },
  /** Fields that one office is to answer, each as often as its lists make it. */
  officeCost: { code: 'QUERY_TOO_COSTLY', anonymous: 4_000, loggedIn: 8_000 },
  /** The same, of all offices together. */
  cost: { code: 'QUERY_TOO_COSTLY', anonymous: 4_000, loggedIn: 16_000 },
} as const satisfies Record<string, RequestLimit>;

export type LimitName = keyof typeof REQUEST_LIMITS;

export const LIMIT_NAMES = Object.keys(REQUEST_LIMITS) as readonly LimitName[];

export const isLimit = (name: string): name is LimitName => Object.hasOwn(REQUEST_LIMITS, name);
