import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../lock-order.js';
import { KeyAttention } from './key-attention.entity.js';
import { keyAttentionRows } from './supervision.loader.js';

/** A time-boxed help and supervision subject (Z5.3.2). */
export const keyAttention = noun<KeyAttention>({
  name: 'KeyAttention',
  entity: KeyAttention,
  machine: 'KeyAttention',
  rows: keyAttentionRows,
  lockFirst: lockStudent,
});
