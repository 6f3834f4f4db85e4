import { instantText, type SealedLog } from '@chengxin/kit/seal/sealed-log';

/** Sealed together: events of before have no tables, and read as they were sealed. */
const OPERATION_AND_TABLES = `case when tables_hash is null then operation_name
  else concat(operation_name, ' by ', tables_hash) end`;

/** Who was called about, and what each call disclosed: sealed beside the operation log (INV-13). */
export const ACCESS_LOGS: readonly SealedLog[] = [
  {
    table: 'access_event',
    id: 'seq',
    values: [
      'id',
      'request_id',
      'student_no',
      instantText('at'),
      'actor',
      'actor_role',
      'actor_name',
      'actor_office',
      'purpose',
      'reference',
      OPERATION_AND_TABLES,
    ],
  },
  {
    table: 'access_call',
    id: 'seq',
    values: [
      'call_id',
      'part',
      'request_id',
      'office',
      'to_json(student_nos)',
      'to_json(allowed)',
      'to_json(masked)',
      'to_json(denied)',
      'student_count',
    ],
  },
];
