import { listMeasure, LISTED } from '../support/measure-list.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { newRecord } from './appeal.plan.js';
import { noticed } from './conduct.plan.js';
import type { NounPlan } from './plans.js';

const BY = { source_office: 'SAO', recorded_by: 'T9999', recorded_at: '2026-04-01T00:00:00Z' };
const APPROVED = { approved_by: 'T9998', approved_at: '2026-04-05T00:00:00Z' };

/** A measure on a record of its own, of which its student was notified. */
export const measurePlan: NounPlan = {
  noun: 'Measure',
  office: 'archive',
  table: 'measure',
  async seed(college, studentNo, state) {
    const { id = '' } = await put(college, 'archive', 'measure', {
      ...BY,
      student_no: studentNo,
      measure_list_item: LISTED,
      state,
      ...(state === 'IN_FORCE' && { ...APPROVED, from_day: '2026-04-05' }),
    });
    await put(college, 'archive', 'measure_record', {
      measure_id: id,
      record_id: await newRecord(college, studentNo),
      student_no: studentNo,
    });
    await noticed(college, 'archive', { type: 'Measure', id, kind: 'MEASURE' });
    return { id, version: 1 };
  },
  opening: async (college, studentNo) => {
    await listMeasure(college);
    return {
      recordIds: [await newRecord(college, studentNo)],
      measureListItem: LISTED,
      reason: 'a reason',
    };
  },
};

/** A student is under key attention once at a time. */
export const keyAttentionPlan: NounPlan = {
  noun: 'KeyAttention',
  office: 'archive',
  table: 'key_attention',
  oneAtATime: true,
  async seed(college, studentNo, state) {
    await asOwner(college, 'archive', 'delete from key_attention');
    const { id = '' } = await put(college, 'archive', 'key_attention', {
      ...BY,
      student_no: studentNo,
      from_day: '2026-04-01',
      until_day: '2026-12-01',
      state,
      ...(state === 'ACTIVE' && APPROVED),
    });
    await put(college, 'archive', 'key_attention_record', {
      key_attention_id: id,
      record_id: await newRecord(college, studentNo),
      student_no: studentNo,
    });
    await noticed(college, 'archive', { type: 'KeyAttention', id, kind: 'KEY_ATTENTION' });
    return { id, version: 1 };
  },
  opening: async (college, studentNo) => ({
    recordIds: [await newRecord(college, studentNo)],
    until: '2026-12-01',
    reason: 'a reason',
  }),
  more: { 'keyAttention.review': { goesOn: false } },
};
