import type { Refusal } from '@chengxin/kit/privacy/verdict';
import { AUTHENTICATED, isGroup, type Group } from '@chengxin/kit/privacy/groups';
import { cell, mayStandInList } from '@chengxin/kit/privacy/matrix';
import type { Role } from '@chengxin/kit/privacy/roles';
import { isListType, isNonNullType, type GraphQLOutputType } from 'graphql';

/** Where a selection stands with respect to lists of students. Source: DOMAIN 3.3, LIST. */
export interface Place {
  /** Below a root field that opens one student, however many lists lie between. */
  readonly isSingle: boolean;
  /** Some list lies between the root and here. */
  readonly crossedList: boolean;
  /** Inside a student who was reached through a list. */
  readonly isListed: boolean;
}
export const ROOT: Place = { isSingle: false, crossedList: false, isListed: false };

export const STUDENT = 'Student';
/** DOMAIN 3.3: what may not stand in lists is shown "only on `student(…)`, in a case's dossier list". */
const SINGLE_ROOTS: ReadonlySet<string> = new Set([
  'student',
  'me',
  'caseDossier',
  'caseDossiers',
  'employerReport',
]);

/** Depth of lists in a type: 2 for `[[Int!]]!`. */
export const listDepth = (type: GraphQLOutputType): number => {
  if (isNonNullType(type)) return listDepth(type.ofType);
  return isListType(type) ? 1 + listDepth(type.ofType) : 0;
};

/** Whether fields of this runtime type are those of a student in a list. */
export const isListed = (place: Place, type: string): boolean =>
  place.isListed || (type === STUDENT && place.crossedList && !place.isSingle);

/** The place below a field. */
export const below = (
  place: Place,
  type: string,
  field: string,
  output: GraphQLOutputType,
): Place => ({
  isSingle: place.isSingle || (type === 'Query' && SINGLE_ROOTS.has(field)),
  crossedList: place.crossedList || listDepth(output) > 0,
  isListed: isListed(place, type),
});

/** Groups of which a list shows a part only. Source: DOMAIN 3.3, "TUITION: the category only". */
const PARTS: Partial<Record<Group, ReadonlySet<string>>> = {
  TUITION: new Set(['Student.arrears', 'Arrears.category']),
};

/** Why a policy name keeps a field out of lists of students; null when it does not. */
export function refusedInList(
  role: Role,
  policy: string,
  type: string,
  field: string,
): Refusal | null {
  if (policy === AUTHENTICATED || !isGroup(policy)) return null;
  const part = PARTS[policy];
  if (mayStandInList(policy) && (!part || part.has(`${type}.${field}`))) return null;
  const { clause, rule } = cell(role, policy);
  return { code: 'FORBIDDEN_FIELD', group: policy, clause, rule };
}
