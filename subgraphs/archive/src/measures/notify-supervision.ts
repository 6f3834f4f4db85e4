/** What a student is notified of before something follows from his records (L-15, Z5.3.2). */
import type { After } from '@chengxin/kit/change/door';
import type { Act } from '@chengxin/kit/change/act';
import { sendNotices } from '../notify/send-notices.js';
import { keyAttention } from '../supervision/key-attention.noun.js';
import { measure } from '../supervision/measure.noun.js';
import { warning } from '../supervision/warning.noun.js';

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

/** Once the student was notified of a measure that is checked, it is NOTIFIED (2.4). */
export async function measureNotified({ kind, subjectId }: Delivered, act: Act): Promise<void> {
  if (kind === 'MEASURE') await act.also(measure, subjectId, () => ({}), 'measure.notify');
}

/** The same of key attention. */
export async function attentionNotified({ kind, subjectId }: Delivered, act: Act): Promise<void> {
  if (kind === 'KEY_ATTENTION')
    await act.also(keyAttention, subjectId, () => ({}), 'keyAttention.notify');
}

/** A warning reaches its handler when the student has it (4.7). */
export async function warningNotified({ kind, subjectId }: Delivered, act: Act): Promise<void> {
  if (kind === 'WARNING') await act.also(warning, subjectId, () => ({}), 'warning.notify');
}
