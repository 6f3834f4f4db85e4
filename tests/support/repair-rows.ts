/** A bad record that can be repaired, and what speaks for its student (SC-09). */
import { randomUUID } from 'node:crypto';
import { newRecord } from '../change/appeal.plan.js';
import type { TestCollege } from './college.js';
import { put, RECORDED } from './put.js';

/** D3-01 S2, effective on 10 March 2026: its repair may be applied for from 8 June on. */
export const damage = (
  college: TestCollege,
  studentNo: string,
  more: Readonly<Record<string, string | boolean>> = {},
): Promise<string> =>
  newRecord(college, studentNo, {
    occurred_on: '2026-03-08',
    found_on: '2026-03-10',
    finding_on: '2026-03-10',
    ...more,
  });

/** Sixty confirmed volunteer hours: 1.50 points. */
export async function volunteered(college: TestCollege, studentNo: string): Promise<string> {
  const { id = '' } = await put(college, 'archive', 'good_record', {
    student_no: studentNo,
    indicator_code: 'P-07',
    origin_group: 'GOOD_CONDUCT',
    source_office: 'CYL',
    occurred_on: '2026-05-30',
    amount: 60,
    state: 'APPROVED',
    evidence: '[{"id":"E-1","docNo":"E-1"}]',
    source_subgraph: 'archive',
    source_typename: 'GoodRecord',
    source_id: randomUUID(),
    source_version: 1,
    ...RECORDED,
  });
  return id;
}
