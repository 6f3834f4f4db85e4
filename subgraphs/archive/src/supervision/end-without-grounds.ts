/** Measures and key attention end with the last active record that they rest on (2.4, L-17). */
import type { Act } from '@chengxin/kit/change/act';
import type { ChangeableRow, Noun } from '@chengxin/kit/change/noun';
import { execute } from '@chengxin/kit/database/orm';
import { ConductState } from '../rules/conduct-state.js';
import { KeyAttentionState } from './key-attention.entity.js';
import { keyAttention } from './key-attention.noun.js';
import { MeasureState } from './measure.entity.js';
import { measure } from './measure.noun.js';

/** Rows of a table that rest on some records, and on no active one any more. */
const groundless = (table: string, state: string): string => `
  select distinct t.id from ${table} t join ${table}_record l on l.${table}_id = t.id
  where l.record_id = any(?::uuid[]) and t.state = '${state}' and not exists (
    select from ${table}_record o join conduct_record c on c.id = o.record_id
    where o.${table}_id = t.id and c.state = '${ConductState.ACTIVE}')
  order by 1`;

async function endAll<Row extends ChangeableRow>(
  act: Act,
  { noun, action, sql }: { noun: Noun<Row>; action: string; sql: string },
  recordIds: readonly string[],
): Promise<void> {
  const rows = await act.follow((em) => execute<{ id: string }>(em, sql, [recordIds]));
  for (const { id } of rows) await act.also(noun, id, () => ({}), action);
}

const MEASURES = {
  noun: measure,
  action: 'measure.end',
  sql: groundless('measure', MeasureState.IN_FORCE),
} as const;
const ATTENTIONS = {
  noun: keyAttention,
  action: 'keyAttention.remove',
  sql: groundless('key_attention', KeyAttentionState.ACTIVE),
} as const;

/** After records have left ACTIVE; their student is locked. */
export async function endWithoutGrounds(act: Act, recordIds: readonly string[]): Promise<void> {
  await endAll(act, MEASURES, recordIds);
  await endAll(act, ATTENTIONS, recordIds);
}
