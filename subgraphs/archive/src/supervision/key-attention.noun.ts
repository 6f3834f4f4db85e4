import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../lock-order.js';
import { withRelated } from '../staff/declaration.loader.js';
import { KeyAttention } from './key-attention.entity.js';
import { keyAttentionRows } from './supervision.loader.js';

/** A time-boxed help and supervision subject (Z5.3.2). */
export const keyAttention = noun<KeyAttention>({
  name: 'KeyAttention',
  entity: KeyAttention,
  machine: 'KeyAttention',
  rows: keyAttentionRows,
  lockFirst: lockStudent,
  people: withRelated(),
  constraints: {
    key_attention_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
    key_attention_active: {
      code: ChangeErrorCode.STATE_CONFLICT,
      what: '该学生已在重点关注中。 The student is under key attention already.',
    },
  },
});
