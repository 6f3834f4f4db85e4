/** What a student is notified of before something follows from his records (L-15, Z5.3.2). */
import type { After } from '@chengxin/kit/change/door';
import type { Act } from '@chengxin/kit/change/act';
import type { ChangeableRow, Noun } from '@chengxin/kit/change/noun';
import { sendNotices } from '../notify/send-notices.js';
import { keyAttention } from '../supervision/key-attention.noun.js';
import { measure } from '../supervision/measure.noun.js';
import { warning } from '../supervision/warning.noun.js';
import { WARNING_KINDS } from '../warning/warning-notice.rules.js';

interface Named {
  readonly id: string;
  readonly studentNo: string;
  readonly sourceOffice: string;
}

/** Sends the notice of a row: it takes the groups of its records, as the row does. */
const notifyOf =
  <Row extends Named>(type: string, kind: string): After<Row> =>
  ({ id, studentNo, sourceOffice }, { follow }) =>
    follow((em, now) =>
      sendNotices(em, now, [
        {
          studentNo,
          kind,
          subgraph: 'archive',
          type,
          id,
          office: sourceOffice,
          groups: ['SUPERVISION'],
        },
      ]),
    );

export const notifyMeasure = notifyOf('Measure', 'MEASURE');
export const notifyAttention = notifyOf('KeyAttention', 'KEY_ATTENTION');

interface Delivered {
  readonly kind: string;
  readonly subjectId: string;
}

/** What follows once the student was notified of a row: it goes on to its next state. */
const onNotified =
  <Row extends ChangeableRow>(kinds: ReadonlySet<string>, noun: Noun<Row>, action: string) =>
  async (delivered: Delivered, { also }: Act): Promise<void> => {
    if (kinds.has(delivered.kind)) await also(noun, delivered.subjectId, () => ({}), action);
  };

/** A measure that is checked is NOTIFIED (2.4). */
export const measureNotified = onNotified(new Set(['MEASURE']), measure, 'measure.notify');
/** The same of key attention. */
export const attentionNotified = onNotified(
  new Set(['KEY_ATTENTION']),
  keyAttention,
  'keyAttention.notify',
);
/** A warning reaches its handler when the student has it (4.7). */
export const warningNotified = onNotified(WARNING_KINDS, warning, 'warning.notify');
