/** What a case shows, and what blocks its purpose. Pure. Source: DOMAIN 3.5, 4.6. */
import { GROUPS, isAboutStudent, type Group } from '@chengxin/kit/privacy/groups';
import { cell, isOpen } from '@chengxin/kit/privacy/matrix';
import type { Role } from '@chengxin/kit/privacy/roles';
import { academicYearOf } from '../org/academic-year.js';
import type { PurposeBlock } from './case-dossier.entity.js';

/** Who evaluates in a case of each purpose. */
const EVALUATORS: Readonly<Record<string, Role>> = {
  AWARD: 'EV_AWARD',
  PARTY: 'EV_PARTY',
  AID: 'EV_AID',
  EMPLOYMENT: 'EV_EMPLOY',
  APPEAL: 'APPEAL_COMMITTEE',
};

/** The role in which one evaluates in a case of a purpose. */
export const evaluatorOf = (purpose: string): Role | undefined => EVALUATORS[purpose];

/** The groups of a student that a case of this purpose shows, in whole or in part (3.5). */
export function profileOf(purpose: string): Group[] {
  const role = EVALUATORS[purpose];
  return role
    ? GROUPS.filter((group) => isAboutStudent(group) && isOpen(cell(role, group).effect))
    : [];
}

/** What may block a purpose for one student. */
export interface Blocking {
  readonly records: readonly BlockingRecord[];
  /** The term of a sanction runs: its last day has not passed, lifted or not (L-03). */
  readonly isTermRunning: boolean;
}

/** A bad record in state ACTIVE that is not disputed. */
export interface BlockingRecord {
  readonly indicatorCode: string;
  readonly occurredOn: string;
}

interface Block extends PurposeBlock {
  readonly purpose: string;
  stands(blocking: Blocking, openedOn: string): boolean;
}

const ofTerm = ({ isTermRunning }: Blocking): boolean => isTermRunning;

/** @param sameYear  Only acts of the school year in which the case opened. */
const ofRecords =
  (indicators: readonly string[], { sameYear }: { readonly sameYear: boolean }) =>
  ({ records }: Blocking, openedOn: string): boolean =>
    records.some(
      ({ indicatorCode, occurredOn }) =>
        indicators.includes(indicatorCode) &&
        (!sameYear || academicYearOf(occurredOn) === academicYearOf(openedOn)),
    );

const BLOCKS: readonly Block[] = [
  { code: 'V-02', clause: 'L-03', purpose: 'AWARD', stands: ofTerm },
  {
    code: 'V-03',
    clause: 'G9.4',
    purpose: 'AID',
    stands: ofRecords(['D4-01', 'D4-04'], { sameYear: true }),
  },
  { code: 'V-04', clause: 'L-03', purpose: 'PARTY', stands: ofTerm },
  {
    code: 'V-05',
    clause: 'G9.6',
    purpose: 'EMPLOYMENT',
    stands: ofRecords(['D6-01', 'D6-02', 'D6-03', 'D6-04', 'D6-05'], { sameYear: false }),
  },
];

/** What blocks a purpose for a student, in the order of the codes. */
export const blocksOf = (purpose: string, openedOn: string, blocking: Blocking): PurposeBlock[] =>
  BLOCKS.filter((block) => block.purpose === purpose && block.stands(blocking, openedOn)).map(
    ({ code, clause }) => ({ code, clause }),
  );
