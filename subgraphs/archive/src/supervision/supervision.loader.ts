/** Warnings, key attention, levels and measures of a student; each takes the groups of its grounds. */
import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { groupsOpen, groupsOpenOfMatter } from '../row-groups/row-groups.predicates.js';
import { KeyAttention } from './key-attention.entity.js';
import { Measure } from './measure.entity.js';
import { consentsAside, ownHandling, ownSource } from './supervision.predicates.js';
import { Supervision } from './supervision.entity.js';
import { Warning } from './warning.entity.js';

/** Warnings, the latest first. */
export const warningRows: StudentRows<Warning> = {
  entity: Warning,
  group: 'SUPERVISION',
  predicates: {
    TARGET_ALLOWED: groupsOpenOfMatter<Warning>('handlerOffice'),
    OWN_MATTER: ownHandling,
  },
  where: (_ctx, access) => consentsAside(access),
  orderBy: { raisedAt: 'desc', id: 'asc' },
};
export const warningsOf = studentRows(warningRows);

/** Key attention, the latest first. */
export const keyAttentionRows: StudentRows<KeyAttention> = {
  entity: KeyAttention,
  group: 'SUPERVISION',
  predicates: {
    TARGET_ALLOWED: groupsOpenOfMatter<KeyAttention>('sourceOffice'),
    OWN_MATTER: ownSource,
  },
  orderBy: { from: 'desc', id: 'asc' },
};
export const keyAttentionsOf = studentRows(keyAttentionRows);

/** Levels of supervision that hold by today, the latest first. */
export const supervisionsOf = studentRows<Supervision>({
  entity: Supervision,
  group: 'SUPERVISION',
  predicates: { TARGET_ALLOWED: groupsOpen, OWN_MATTER: ownSource },
  where: ({ today }) => ({ effectiveFrom: { $lte: today } }),
  orderBy: { effectiveFrom: 'desc', recordedAt: 'desc', id: 'asc' },
});

/** Measures, the latest first. */
export const measureRows: StudentRows<Measure> = {
  entity: Measure,
  group: 'SUPERVISION',
  predicates: {
    TARGET_ALLOWED: groupsOpenOfMatter<Measure>('sourceOffice'),
    OWN_MATTER: ownSource,
  },
  orderBy: { recordedAt: 'desc', id: 'asc' },
};
export const measuresOf = studentRows(measureRows);
