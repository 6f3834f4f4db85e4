import { randomUUID } from 'node:crypto';
import type { Role } from '@chengxin/kit/privacy/roles';
import { EnumValue } from '../support/mutate.js';
import { put } from '../support/put.js';
import { newRecord } from './appeal.plan.js';
import type { NounPlan } from './plans.js';

/** By role of the office that decides: a kind of its facts, and their group. */
const OF_OFFICE: Readonly<
  Partial<Record<Role, readonly [office: string, kind: string, group: string]>>
> = {
  AAO_REVIEWER: ['AAO', 'COURSE_GRADE', 'GRADES'],
  FIN_REVIEWER: ['FIN', 'BILL', 'TUITION'],
  SEC_REVIEWER: ['SEC', 'LAW_VIOLATION', 'LAW_VIOLATIONS'],
  CYL_REVIEWER: ['CYL', 'CADRE_POST', 'GOOD_CONDUCT'],
};
const NOBODYS = ['FIN', 'BILL', 'TUITION'] as const;

export const changeRequestPlan: NounPlan = {
  noun: 'ChangeRequest',
  office: 'archive',
  table: 'change_request',
  async seed(college, studentNo, state, { role }) {
    const [office, kind, group] = OF_OFFICE[role] ?? NOBODYS;
    const targetId = randomUUID();
    // Of a security fact the record that counts says that it is not sealed.
    if (office === 'SEC')
      await newRecord(college, studentNo, {
        origin_group: group,
        source_office: office,
        source_subgraph: 'security',
        source_id: targetId,
      });
    const { id = '' } = await put(college, 'archive', 'change_request', {
      student_no: studentNo,
      target_kind: kind,
      target_id: targetId,
      target_office: office,
      target_groups: [group],
      raised_by_office: 'COL',
      requested: 'what is to be changed',
      doc_no: 'D-1',
      state,
      recorded_by: 'T9999',
      recorded_at: '2026-04-01T00:00:00Z',
      ...(state !== 'REQUESTED' && {
        decided_by: 'T9998',
        decided_at: '2026-04-02T00:00:00Z',
        decision_text: 'as the books say',
      }),
    });
    return { id, version: 1 };
  },
  opening: (_college, studentNo) =>
    Promise.resolve({
      studentNo,
      targetKind: new EnumValue('BILL'),
      targetId: randomUUID(),
      requested: 'what is to be changed',
      docNo: 'D-1',
      reason: 'a reason',
    }),
  more: {
    'change.decide': { decision: new EnumValue('ACCEPTED'), decisionText: 'as the books say' },
  },
};
