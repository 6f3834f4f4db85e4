/** What finance publishes of bills that are due soon or long overdue: which, and no amount (W-07). */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { Records } from '@chengxin/kit/feed/topic';
import type { Arrears } from './arrears.entity.js';
import type { ReminderStage } from './bill-reminder.rules.js';

export const REMINDERS: Records = {
  prefix: '',
  from: 'bill_reminder',
  id: 'id',
  idType: 'uuid',
  version: 'version',
  payload: `jsonb_build_object('studentNo', student_no, 'billNo', bill_no, 'stage', stage,
    'isOpen', is_open)`,
};

const PUBLISH = `
  insert into outbox (topic, key, version, at) select 'billReminder', id, version, ? from changed`;

/** Of each bill and stage one, whoever runs the job, and however often. */
const BEGIN = `
  with changed as (
    insert into bill_reminder (student_no, bill_no, stage)
    select b.student_no, b.bill_no, ?
    from bill b where b.item = 'TUITION' and b.bill_no in (select jsonb_array_elements_text(?::jsonb))
    on conflict on constraint bill_reminder_once do nothing
    returning id, version
  ) ${PUBLISH}`;

const END = `
  with changed as (
    update bill_reminder set is_open = false, version = version + 1
    where is_open and stage = ? and bill_no not in (select jsonb_array_elements_text(?::jsonb))
    returning id, version
  ) ${PUBLISH}`;

/** The bills in a stage are reminded of; of every other bill no reminder of that stage holds. */
export async function publishReminders(
  em: EntityManager,
  now: Date,
  stage: ReminderStage,
  bills: readonly Pick<Arrears, 'billNo'>[],
): Promise<void> {
  const billNos = JSON.stringify(bills.map(({ billNo }) => billNo));
  await execute(em, BEGIN, [stage, billNos, now]);
  await execute(em, END, [stage, billNos, now]);
}
