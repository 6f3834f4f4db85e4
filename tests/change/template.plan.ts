import { randomUUID } from 'node:crypto';
import type { Role } from '@chengxin/kit/privacy/roles';
import { put } from '../support/put.js';
import { EnumValue } from '../support/mutate.js';
import type { NounPlan } from './plans.js';

const OFFICES: Readonly<Partial<Record<Role, string>>> = {
  SCHOOL_ADMIN: 'SAO',
  AAO_CLERK: 'AAO',
  AAO_REVIEWER: 'AAO',
  FIN_CLERK: 'FIN',
  FIN_REVIEWER: 'FIN',
  CYL_CLERK: 'CYL',
  CYL_REVIEWER: 'CYL',
  AEO_STAFF: 'AEO',
  HRO_STAFF: 'HRO',
  RDO_STAFF: 'RDO',
};
const version = () => `V-${randomUUID().slice(0, 8)}`;

const content = () => ({
  kind: new EnumValue('COMMITMENT'),
  // Each office has statistics of its own.
  matter: new EnumValue('STATISTICS'),
  templateVersion: version(),
  subjectTypes: ['STUDENT'],
  clauses: ['a clause'],
  consequences: ['a talk'],
  validFrom: '2026-01-01',
});

export const templatePlan: NounPlan = {
  noun: 'CommitmentTemplate',
  office: 'archive',
  table: 'commitment_template',
  fields: 'id state revision',
  async seed(college, _studentNo, state, { role }) {
    const { id = '' } = await put(college, 'archive', 'commitment_template', {
      matter: 'STATISTICS',
      template_version: version(),
      owner_office: OFFICES[role] ?? 'SAO',
      subject_types: '["STUDENT"]',
      clauses: '["a clause"]',
      consequences: '[]',
      valid_from: '2026-01-01',
      state,
      recorded_by: 'T9999',
      recorded_at: '2026-03-01T00:00:00Z',
      ...(state !== 'DRAFT' && { approved_by: 'T9998', approved_at: '2026-03-02T00:00:00Z' }),
    });
    return { id, version: 1 };
  },
  opening: () => Promise.resolve(content()),
  more: {
    get 'template.draft'() {
      return content();
    },
  },
};
