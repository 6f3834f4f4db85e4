/** Measures and key attention that rest on records of a student, and whether they stand. */
import type { TestCollege } from './college.js';
import { put, RECORDED } from './put.js';
import { asOwner } from './sql.js';

/** A measure on the ground of some records of a student. */
export async function measureOn(
  college: TestCollege,
  studentNo: string,
  records: readonly string[],
): Promise<string> {
  const { id = '' } = await put(college, 'archive', 'measure', {
    student_no: studentNo,
    source_office: 'SAO',
    measure_list_item: 'M-1',
    from_day: '2026-04-01',
    state: 'IN_FORCE',
    ...RECORDED,
  });
  for (const record of records)
    await put(college, 'archive', 'measure_record', {
      measure_id: id,
      record_id: record,
      student_no: studentNo,
    });
  return id;
}

/** Key attention on the ground of one record of a student. */
export async function attentionOn(
  college: TestCollege,
  studentNo: string,
  record: string,
): Promise<string> {
  const { id = '' } = await put(college, 'archive', 'key_attention', {
    student_no: studentNo,
    source_office: 'SAO',
    from_day: '2026-04-01',
    until_day: '2026-12-01',
    state: 'ACTIVE',
    ...RECORDED,
  });
  await put(college, 'archive', 'key_attention_record', {
    key_attention_id: id,
    record_id: record,
    student_no: studentNo,
  });
  return id;
}

const STATES = `select id, state from measure where id = any($1)
  union all select id, state from key_attention where id = any($1)`;

/** Their states, in the order in which they are named. */
export async function restingStates(
  college: TestCollege,
  ids: readonly string[],
): Promise<(string | undefined)[]> {
  const rows = await asOwner<{ id: string; state: string }>(college, 'archive', STATES, [ids]);
  const states = new Map(rows.map(({ id, state }) => [id, state]));
  return ids.map((id) => states.get(id));
}
