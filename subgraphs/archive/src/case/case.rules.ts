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

/** The groups of a student that a case of this purpose shows, in whole or in part (3.5). */
export function profileOf(purpose: string): Group[] {
  const role = EVALUATORS[purpose];
  return role
    ? GROUPS.filter((group) => isAboutStudent(group) && isOpen(cell(role, group).effect))
    : [];
}

/** A bad record in state ACTIVE that is not disputed. */
export interface BlockingRecord {
  readonly indicatorCode: string;
  readonly occurredOn: string;
}

interface Block extends PurposeBlock {
  readonly purpose: string;
  readonly indicators: readonly string[];
  /** Only acts of the school year in which the case opened. */
  readonly sameYear: boolean;
}

/**
 * Blocks that rest on records. V-02 and V-04 rest on the term of a sanction and belong to that noun.
 */
const BLOCKS: readonly Block[] = [
  { code: 'V-03', clause: 'G9.4', purpose: 'AID', indicators: ['D4-01', 'D4-04'], sameYear: true },
  {
    code: 'V-05',
    clause: 'G9.6',
    purpose: 'EMPLOYMENT',
    indicators: ['D6-01', 'D6-02', 'D6-03', 'D6-04', 'D6-05'],
    sameYear: false,
  },
];

/** What blocks a purpose for a student with these records, in the order of the codes. */
export function blocksOf(
  purpose: string,
  openedOn: string,
  records: readonly BlockingRecord[],
): PurposeBlock[] {
  const year = academicYearOf(openedOn);
  const stands = ({ indicators, sameYear }: Block) =>
    records.some(
      ({ indicatorCode, occurredOn }) =>
        indicators.includes(indicatorCode) && (!sameYear || academicYearOf(occurredOn) === year),
    );
  return BLOCKS.filter((block) => block.purpose === purpose && stands(block)).map(
    ({ code, clause }) => ({ code, clause }),
  );
}
