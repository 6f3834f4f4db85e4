import { makeByJob } from '@chengxin/kit/change/change-by-job';
import { inTurn } from '@chengxin/kit/change/in-turn';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import type { Job } from '@chengxin/kit/server/jobs';
import type { Account } from '../account.entity.js';
import { AccountState } from '../account.entity.js';
import { account } from './account.noun.js';

const JOB = 'openAccounts';
const AT_ONCE = 1000;

/** Students with an archive, and staff: whoever has no account yet. */
const WITHOUT = `
  select person as subject, student_no as "studentNo", staff_no as "staffNo" from (
    select student_no as person, student_no, null as staff_no from archive
    where state not in ('VOID', 'DESTROYED')
    union select staff_no, null, staff_no from staff
  ) p where not exists (select from account a where a.subject = p.person)
  order by 1`;

type Person = Pick<Account, 'subject' | 'studentNo' | 'staffNo'>;

/** Opens an account for everybody who was imported, each once (G7.2b). */
export const openAccounts: Job = {
  name: JOB,
  cron: '*/10 * * * *',
  async run(office, at) {
    const found = await execute<Person>(forkOf(office.orm), WITHOUT);
    await inTurn(office, { job: JOB, at, found, atOnce: AT_ONCE }, (writer, people) =>
      makeByJob(
        writer,
        'account.open',
        account,
        people.map((person) => ({ ...person, state: AccountState.CREATED, mfa: false })),
      ),
    );
  },
};
