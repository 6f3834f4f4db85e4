import { randomUUID } from 'node:crypto';
import type { Role } from '@chengxin/kit/privacy/roles';
import { put } from '../support/put.js';
import type { NounPlan } from './plans.js';

const HANDLERS: Readonly<Partial<Record<Role, string>>> = {
  COUNSELLOR: 'COL',
  COLLEGE_ADMIN: 'COL',
  SCHOOL_ADMIN: 'SAO',
  AAO_CLERK: 'AAO',
  FIN_CLERK: 'FIN',
  AEO_STAFF: 'AEO',
  RDO_STAFF: 'RDO',
};

/** A job raises warnings: its handler learns of one when the student does. */
export const warningPlan: NounPlan = {
  noun: 'Warning',
  office: 'archive',
  table: 'warning',
  async seed(college, studentNo, state, { role }) {
    const { id = '' } = await put(college, 'archive', 'warning', {
      student_no: studentNo,
      code: 'W-08',
      colour: 'ADM',
      trigger_rule: 'VERIFICATION_OVERDUE',
      trigger_groups: ['IDENTITY'],
      trigger_values: { key: randomUUID() },
      raised_at: '2026-04-01T00:00:00Z',
      handler_office: HANDLERS[role] ?? 'SAO',
      state,
    });
    return { id, version: 1 };
  },
  opening: () => Promise.reject(new Error('A job raises a warning.')),
  more: {
    'warning.handle': { actions: ['TALK'] },
    'warning.resolve': { escalate: false },
  },
  hidden: Object.fromEntries(Object.keys(HANDLERS).map((role) => [role, ['RAISED']])),
};
