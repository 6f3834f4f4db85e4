import { randomUUID } from 'node:crypto';
import { useArchive } from '../support/archive-in-use.js';
import { EnumValue } from '../support/mutate.js';
import { put } from '../support/put.js';
import type { NounPlan } from './plans.js';

const WAITING = { submitted_at: '2026-04-01T00:00:00Z', due_on: '2026-04-15' };
const REVIEWED = { reviewer: 'T9999', review_comment: 'the reasons' };
const APPROVED = { ...REVIEWED, approved_by: 'T9999', approved_at: '2026-04-02T00:00:00Z' };
const MORE: Readonly<Record<string, object>> = {
  SUBMITTED: WAITING,
  IN_REVIEW: WAITING,
  RETURNED: REVIEWED,
  REJECTED: REVIEWED,
  APPROVED,
  SUPERSEDED: APPROVED,
  WITHDRAWN: APPROVED,
};

const content = () => ({
  kind: new EnumValue('TRAINING'),
  title: randomUUID(),
  organisation: '红十字会',
  startOn: '2025-07-01',
});

export const selfEntryPlan: NounPlan = {
  noun: 'SelfEntry',
  office: 'archive',
  table: 'self_entry',
  async seed(college, studentNo, state) {
    // An approved entry is withdrawn while the archive is in use.
    await useArchive(college, studentNo);
    const { id = '' } = await put(college, 'archive', 'self_entry', {
      entry_id: randomUUID(),
      edition: 1,
      student_no: studentNo,
      kind: 'TRAINING',
      title: randomUUID(),
      organisation: '红十字会',
      start_on: '2025-07-01',
      detail: {},
      state,
      recorded_by: studentNo,
      recorded_at: '2026-04-01T00:00:00Z',
      ...MORE[state],
    });
    return { id, version: 1 };
  },
  opening: () => Promise.resolve(content()),
  more: {
    get 'entry.save'() {
      return content();
    },
    'entry.review': { decision: new EnumValue('RETURN') },
  },
};
