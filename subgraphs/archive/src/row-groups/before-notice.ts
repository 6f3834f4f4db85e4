/**
 * States in which a student has not been notified yet, by type (DOMAIN 2.4): such a row is visible to
 * those alone who propose, check or decide it (3.7(15)), and so is every row that hangs on it. Who
 * they are is read from the action table. States are plain texts because entities read this file
 * while they are declared; a test holds both columns against the state machines of the table.
 */
import { actionOf } from '@chengxin/kit/action/actions';
import type { Role } from '@chengxin/kit/privacy/roles';

interface BeforeNotice {
  readonly states: readonly string[];
  /** States in which it ends without a notice. */
  readonly ended?: readonly string[];
  /** Actions that propose, check or decide it. */
  readonly actions: readonly string[];
}

export const BEFORE_NOTICE = {
  /** What an office proposes stands with the office; the archive may hold what came by a file. */
  ConductRecord: {
    states: ['PROPOSED'],
    actions: [
      'conduct.propose',
      'conduct.find',
      'conduct.dismiss',
      'examViolation.propose',
      'examViolation.approve',
      'lawViolation.report',
      'lawViolation.approve',
      'malice.propose',
      'malice.find',
    ],
  },
  GoodRecord: { states: ['PROPOSED'], actions: ['goodRecord.propose', 'goodRecord.approve'] },
  Sanction: {
    states: ['DRAFT'],
    ended: ['WITHDRAWN'],
    actions: ['sanction.draft', 'sanction.decide'],
  },
  /** A job raises it and a job delivers it: its handler learns of it when the student does. */
  Warning: { states: ['RAISED'], actions: ['warning.raise'] },
  KeyAttention: { states: ['PROPOSED'], actions: ['keyAttention.propose', 'keyAttention.list'] },
  Measure: {
    states: ['PROPOSED', 'LEGAL_CHECK'],
    actions: ['measure.propose', 'measure.check', 'measure.enforce'],
  },
  /**
   * The discipline officer approves after the notice. A reading of his is written to the student's
   * access log, which would disclose the submission before that (docs/decisions/0026).
   */
  Submission: {
    states: ['CANDIDATE', 'ELIGIBILITY_CHECK'],
    actions: ['submission.prepare', 'submission.check'],
  },
} as const satisfies Record<string, BeforeNotice>;

export type NotifiedType = keyof typeof BEFORE_NOTICE;
const TYPES = Object.keys(BEFORE_NOTICE) as NotifiedType[];

/** Mark that a row takes among its groups; no group of the matrix has its form. */
export const markOf = (type: NotifiedType): string => `BEFORE_NOTICE ${type}`;

/** Every mark. */
export const MARKS: readonly string[] = TYPES.map(markOf);

/** Whether a role proposes, checks or decides rows of a type. */
export const isActor = (role: Role, type: NotifiedType): boolean =>
  BEFORE_NOTICE[type].actions.some((action) => actionOf(action)?.roles.includes(role));

/** Marks of the types that a role proposes, checks or decides. */
export const openMarks = (role: Role): string[] =>
  TYPES.filter((type) => isActor(role, type)).map(markOf);

/** SQL: whether a row of a type has a state before the notice, or one that has none. */
export function isBeforeNotice(type: NotifiedType, state: string): string {
  const { states, ended = [] }: BeforeNotice = BEFORE_NOTICE[type];
  return `${state} in (${[...states, ...ended].map((one) => `'${one}'`).join(', ')})`;
}
