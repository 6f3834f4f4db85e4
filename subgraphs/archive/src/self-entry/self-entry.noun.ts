import { ChangeErrorCode, type ConstraintMeaning } from '@chengxin/kit/change/errors';
import { noun, peopleIn } from '@chengxin/kit/change/noun';
import { withRelated } from '../staff/declaration.loader.js';
import { lockStudent } from '../lock-order.js';
import { SelfEntry } from './self-entry.entity.js';
import { approvedEntryRows, draftEntryRows } from './self-entry.loader.js';
import { shownEntry } from './self-entry.rules.js';

const WORKED_ON: ConstraintMeaning = {
  code: ChangeErrorCode.STATE_CONFLICT,
  what: '该条目已有未通过的新版本。 A newer version of the entry is being worked on.',
};

/** One version of what a student says of himself (G8.2). */
export const selfEntry = noun<SelfEntry>({
  name: 'SelfEntry',
  entity: SelfEntry,
  machine: 'SelfEntry',
  rows: approvedEntryRows,
  otherRows: [draftEntryRows],
  lockFirst: lockStudent,
  people: withRelated(peopleIn(({ recordedBy }) => ({ 'entry.submit': recordedBy }))),
  shown: ({ role }, entry) => shownEntry(role, entry),
  constraints: {
    self_entry_one: {
      code: ChangeErrorCode.VALIDATION,
      what: '已有同类、同名、同一开始日期的条目。 An entry of this kind, title and start is there.',
      path: ['title'],
    },
    self_entry_one_waiting: WORKED_ON,
    self_entry_entry_id_edition_key: WORKED_ON,
    self_entry_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
  },
});
