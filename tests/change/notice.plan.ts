import { randomUUID } from 'node:crypto';
import { put } from '../support/put.js';
import type { NounPlan } from './plans.js';

const DELIVERED = { delivered_at: '2026-04-01T00:00:00Z', waits_until: '2026-04-09' };
const INSTANTS: Readonly<Record<string, Record<string, string>>> = {
  DELIVERED,
  ACKNOWLEDGED: { ...DELIVERED, acknowledged_at: '2026-04-02T00:00:00Z' },
};

export const noticePlan: NounPlan = {
  noun: 'Notice',
  office: 'archive',
  table: 'notice',
  async seed(college, studentNo, state) {
    const { id = '' } = await put(college, 'archive', 'notice', {
      student_no: studentNo,
      kind: 'FINDING',
      text_version: 'NT-2026.1',
      subject_subgraph: 'academics',
      subject_typename: 'ExamViolation',
      subject_id: randomUUID(),
      subject_office: 'AAO',
      subject_groups: ['NOTICES'],
      sent_at: '2026-03-31T00:00:00Z',
      channel: 'PORTAL',
      ...INSTANTS[state],
    });
    return { id, version: 1 };
  },
  opening: (_college, studentNo) =>
    Promise.resolve({ studentNo, title: 'a title', text: 'a text', reason: 'a reason' }),
  more: { 'statement.file': { statement: 'it was not me' } },
};
