import { GROUPS, type Group } from './groups.js';
import { ROLES, type Role } from './roles.js';
import { names, readTable } from './tables.js';

/** The named row conditions. Source: DOMAIN 3.4b, `predicates.csv`. */
export const PREDICATES = [
  'STATE_ALLOWED',
  'ORIGIN_ALLOWED',
  'TARGET_ALLOWED',
  'NOT_SEALED',
  'OWN_PROVIDER',
  'OWN_MATTER',
  'OWN_FACT',
  'OWN_DOMAIN',
  'OWN_PROJECT',
  'OWN_UNIT',
  'OWN_CASE',
  'APPEALED',
  'SEVERITY_S2_PLUS',
  'SEVERITY_S3_PLUS',
  'AID_CODES',
  'KINDS_POST_INTERNSHIP',
  'IN_AID_ROUND',
  'SCHOOL_VIEW',
  'LOCKED_RUN',
  'NO_CLOSED_LINE',
  'NOT_OUTSIDE_READS',
  'SCHOOL_CONSENTS',
  'FROM_NOTIFIED',
  'OWN_STEWARDS',
  'SUBMITTED',
] as const;
export type Predicate = (typeof PREDICATES)[number];

const KNOWN: ReadonlySet<string> = new Set(PREDICATES);
const byCell = new Map<string, Predicate[]>();
const words = new Map<string, string>();
const chinese = new Map<string, string>();
for (const row of readTable('predicates')) {
  const predicate = row['predicate'] ?? '';
  if (!KNOWN.has(predicate)) throw new Error(`predicates.csv: ${predicate} is not a predicate.`);
  const [passes = '', zh = ''] = [row['passes'], row['zh']];
  if (!passes || !zh || (words.get(predicate) ?? passes) !== passes)
    throw new Error(`predicates.csv: ${predicate} is not described, or in two ways.`);
  words.set(predicate, passes);
  chinese.set(predicate, zh);
  for (const role of row['roles'] === '*' ? ROLES : names(row['roles']))
    for (const group of row['groups'] === '*' ? GROUPS : names(row['groups'])) {
      const list = byCell.get(`${role} ${group}`) ?? [];
      list.push(predicate as Predicate);
      byCell.set(`${role} ${group}`, list);
    }
}

/** The predicates that rows of a cell must pass, all of them. */
export const predicatesOf = (role: Role, group: Group): readonly Predicate[] =>
  byCell.get(`${role} ${group}`) ?? [];

/** Which rows pass a predicate, in words. */
export const predicateWords = (predicate: Predicate): string => words.get(predicate) ?? '';

/** The same in Chinese and English. */
export const predicateInBoth = (predicate: Predicate): string =>
  `${chinese.get(predicate) ?? ''} · ${predicateWords(predicate)}`;
