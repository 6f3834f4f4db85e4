/** Who keeps a student's archive, and the numbers that he had before. */
import { studentRows } from '@chengxin/kit/read/rows';
import { StewardAssignment } from './steward-assignment.entity.js';
import { ownStewards } from './steward.predicates.js';
import { StudentAlias } from './student-alias.entity.js';

/** Stewards of today. */
export const stewardsOf = studentRows<StewardAssignment>({
  entity: StewardAssignment,
  group: 'ADMINISTRATION',
  // A college reaches its own students alone, whose stewards are of its unit (note 31).
  predicates: { OWN_STEWARDS: ownStewards, OWN_UNIT: () => ({}) },
  where: ({ today }) => ({
    from: { $lte: today },
    $or: [{ to: null }, { to: { $gte: today } }],
  }),
  orderBy: { from: 'asc', id: 'asc' },
});

/** Earlier numbers, the latest first. The conditions of IDENTITY are on the student. */
export const aliasesOf = studentRows({
  entity: StudentAlias,
  group: 'IDENTITY',
  predicates: {
    OWN_PROVIDER: () => ({}),
    OWN_MATTER: () => ({}),
    OWN_DOMAIN: () => ({}),
    SUBMITTED: () => ({}),
  },
  orderBy: { at: 'desc', oldNo: 'asc' },
});
