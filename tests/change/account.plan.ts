import type { TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import type { Actor, NounPlan } from './plans.js';

/**
 * Students who request nothing here: a locked account would make a caller nobody. Who locked one does
 * not unlock it.
 */
const TO_LOCK = '2024010305';
const TO_UNLOCK = '2024010322';
const OWNERS: ReadonlySet<string> = new Set(['STU_SELF', 'STAFF_SELF']);

const PUT = `
  insert into account (subject, student_no, staff_no, state) values ($1, $2, $3, $4)
  on conflict (subject) do update set state = excluded.state, version = 1`;

/** Put somebody's one account into a state. */
export async function accountInState(
  college: TestCollege,
  subject: string,
  state: string,
): Promise<void> {
  const isStaff = subject.startsWith('T');
  const whose = isStaff ? [null, subject] : [subject, null];
  await asOwner(college, 'archive', PUT, [subject, ...whose, state]);
}

const holderOf = (studentNo: string, { role, person }: Actor, action: string): string => {
  if (role === 'STAFF_SELF') return person ?? '';
  if (OWNERS.has(role)) return studentNo;
  return action === 'account.unlock' ? TO_UNLOCK : TO_LOCK;
};

export const accountPlan: NounPlan = {
  noun: 'Account',
  office: 'archive',
  table: 'account',
  key: 'subject',
  // Of staff nothing is shown to themselves: the group is one of students.
  fields: '__typename',
  oneAtATime: true,
  async seed(college, studentNo, state, actor, action) {
    const id = holderOf(studentNo, actor, action);
    await accountInState(college, id, state);
    return { id, version: 1 };
  },
  opening: () => Promise.reject(new Error('A job makes an account.')),
};
