import { dayIn } from '@chengxin/kit/database/day';
import { endingJob } from '@chengxin/kit/change/ending-job';
import { keyAttention } from '../supervision/key-attention.noun.js';

/**
 * Key attention whose last day has passed, or that no active record carries any more, however that
 * came: by a seal, by a consent that ended (2.4).
 */
export const removeKeyAttention = endingJob({
  name: 'removeKeyAttention',
  action: 'keyAttention.remove',
  noun: keyAttention,
  due: `
    select k.id from key_attention k
    where k.state = 'ACTIVE' and (k.until_day < ${dayIn('?::timestamptz')}
      or not exists (select from key_attention_record l join conduct_record c on c.id = l.record_id
        where l.key_attention_id = k.id and c.state = 'ACTIVE'))
    order by k.id`,
  step: () => ({}),
});
