/** The archive's own operation log, and the evidence of backups (G19.2, notes 20 and 27). */
import { groupOfAction } from '@chengxin/archive/log/action-group.rules';
import { sentence } from '@chengxin/kit/errors';
import { readTable } from '@chengxin/kit/privacy/tables';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { maskedAt } from '../support/masked-at.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import { errorOf } from '../support/straight.js';

const STUDENT = '2024010317';
const ADMIN = { 'x-purpose': 'ADMIN_REVIEW' };
const AUDIT = { 'x-reference': 'AU-1' };

const ENTRIES = [
  ['T0110', 'COLLEGE_ADMIN', 'entry.review', `SelfEntry 11 ${STUDENT}`, '材料清晰', 'R-1'],
  ['T0001', 'SCHOOL_ADMIN', 'repair.decide', 'RepairApplication 7 2024010322', '表现良好', 'R-2'],
  ['T0001', 'SCHOOL_ADMIN', 'grant.request', 'T0110', '新学年', 'R-3'],
  ['backup', 'SYS_OPERATOR', 'backup.run', 'finance', null, 'R-4'],
  ['T0001', 'SCHOOL_ADMIN', 'nothing.known', STUDENT, null, 'R-5'],
  ['T0110', 'COLLEGE_ADMIN', 'conduct.propose', `ConductRecord 3 ${STUDENT}`, '举报', 'R-6'],
] as const;

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-1',
      工号: 'T0901',
      名称: '审计',
      开始时间: '2026-04-01 00:00:00',
      结束时间: '2026-05-01 00:00:00',
    },
  ]);
  await asOwner(college, 'archive', 'delete from operation_log');
  for (const [i, entry] of ENTRIES.entries())
    await asOwner(
      college,
      'archive',
      `insert into operation_log (at, actor, role, action, target, reason, request_id)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [`2026-04-0${i + 1}T02:00:00Z`, ...entry],
    );
});
afterAll(() => college.stop());

const list = (fields: string, filter = '') => `{ operationLog${filter} { nodes { ${fields} } } }`;
const nodesOf = async (person: string, query: string, headers: Record<string, string> = {}) => {
  const { data } = await college.request(person, query, { headers });
  const found = data?.['operationLog'] as { nodes: object[] } | null | undefined;
  return found?.nodes;
};

test('an audit reads who did what, when and why; what no group is known for is shown to nobody', async () => {
  const WHOLE = list('at actor role action target reason requestId');
  const entry = (i: number) => {
    const [actor, role, action, target, reason, requestId] = ENTRIES[i] ?? ENTRIES[0];
    const at = `2026-04-0${i + 1}T02:00:00.000Z`;
    return { at, actor, role, action, target, reason, requestId };
  };
  expect(await college.request('T0901', WHOLE, { headers: AUDIT })).toEqual({
    data: { operationLog: { nodes: [entry(3), entry(2), entry(1), entry(0)] } },
  });
  expect(await nodesOf('T0901', list('action', '(filter: { actor: "T0110" })'), AUDIT)).toEqual([
    { action: 'entry.review' },
  ]);
  const april = '(filter: { from: "2026-04-02T00:00:00Z", until: "2026-04-03T02:00:00Z" })';
  expect(await nodesOf('T0901', list('action', april), AUDIT)).toEqual([
    { action: 'repair.decide' },
  ]);
});

test('Student Affairs and the operator read technical fields, and of what is open to them alone (note 20)', async () => {
  const TECHNICAL = list('action requestId');
  expect(await nodesOf('T0001', TECHNICAL, ADMIN)).toEqual([
    { action: 'conduct.propose', requestId: 'R-6' },
    { action: 'backup.run', requestId: 'R-4' },
    { action: 'grant.request', requestId: 'R-3' },
    { action: 'repair.decide', requestId: 'R-2' },
    { action: 'entry.review', requestId: 'R-1' },
  ]);
  expect(await nodesOf('T0903', TECHNICAL)).toEqual([
    { action: 'backup.run', requestId: 'R-4' },
    { action: 'grant.request', requestId: 'R-3' },
  ]);
  const masked = {
    group: 'OPERATION_LOG',
    clause: 'FG28',
    rule: 'SYS_OPERATOR.FG28',
    masked: true,
  };
  expect(await college.request('T0903', list('actor actorMasked'))).toEqual({
    data: {
      operationLog: {
        nodes: [
          { actor: null, actorMasked: null },
          { actor: null, actorMasked: null },
        ],
      },
    },
    errors: ['actor', 'actorMasked'].flatMap((field) =>
      [0, 1].map((i) => errorOf('FORBIDDEN_FIELD', ['operationLog', 'nodes', i, field], masked)),
    ),
  });
});

test('what is not seen cannot be filtered by (3.7(1))', async () => {
  for (const [person, headers] of [
    ['T0001', ADMIN],
    ['T0903', {}],
    [STUDENT, {}],
  ] as const)
    expect(
      await college.request(person, list('action', '(filter: { actor: "T0110" })'), { headers }),
    ).toEqual({
      data: { operationLog: null },
      errors: [
        {
          message: `${sentence('VALIDATION')} filter.actor`,
          path: ['operationLog'],
          extensions: { code: 'VALIDATION' },
        },
      ],
    });
});

test('a person reads the history of himself, with the office and the family name, and nothing that he was not notified of (notes 27 and 29)', async () => {
  const OWN = list('at action reason actorMasked');
  expect(await college.request(STUDENT, OWN)).toEqual({
    data: {
      operationLog: {
        nodes: [
          {
            at: '2026-04-01T02:00:00.000Z',
            action: 'entry.review',
            reason: '材料清晰',
            actorMasked: 'C01 专*',
          },
        ],
      },
    },
    ...maskedAt({ shown: 'FIRST_LAST', group: 'OPERATION_LOG', rule: 'STU_SELF.FG28' }, [
      'operationLog',
      'nodes',
      '@',
      'actorMasked',
    ]),
  });
  expect(await nodesOf('T0110', OWN, { 'x-role': 'STAFF_SELF' })).toEqual([
    {
      at: '2026-04-03T02:00:00.000Z',
      action: 'grant.request',
      reason: '新学年',
      actorMasked: 'SAO 学*',
    },
  ]);
  expect(await nodesOf('2024010305', OWN)).toEqual([]);
});

test('a counsellor and a clerk read none of it', async () => {
  for (const [person, headers, rule] of [
    ['T0101', ADMIN, 'COUNSELLOR.FG28'],
    ['T0401', {}, 'FIN_CLERK.FG28'],
  ] as const)
    expect(await college.request(person, list('at'), { headers })).toEqual({
      data: { operationLog: null },
      errors: [
        errorOf('FORBIDDEN_FIELD', ['operationLog'], {
          group: 'OPERATION_LOG',
          clause: 'FG28',
          rule,
        }),
      ],
    });
});

test('every action of the archive is about a known group', () => {
  const unknown = readTable('action-matrix')
    .filter((row) => row['subgraph'] === 'archive')
    .map((row) => row['action'] ?? '')
    .filter((name) => groupOfAction(name) === undefined);
  expect(unknown).toEqual([]);
});

const STATUS = `{ serviceStatus { component state note
  backups { startedAt bytes sha256 restoreTestedAt result } } }`;
const SHA = 'a'.repeat(64);

test('the state of services stands beside the evidence of their backups (G6.5, F-06)', async () => {
  await asOwner(
    college,
    'archive',
    `insert into service_status (component, state, since, note)
     values ('archive', 'UP', now(), null), ('finance', 'DEGRADED', now(), '慢')`,
  );
  await asOwner(
    college,
    'archive',
    `insert into backup_run (office, started_at, bytes, sha256, restore_tested_at, result)
     values ('finance', '2026-04-10T18:00:00Z', 5000000000, $1, '2026-04-11T18:00:00Z', 'WRITTEN'),
       ('finance', '2026-04-11T18:00:00Z', null, null, null, 'FAILED')`,
    [SHA],
  );
  const expected = {
    serviceStatus: [
      { component: 'archive', state: 'UP', note: null, backups: [] },
      {
        component: 'finance',
        state: 'DEGRADED',
        note: '慢',
        backups: [
          {
            startedAt: '2026-04-11T18:00:00.000Z',
            bytes: null,
            sha256: null,
            restoreTestedAt: null,
            result: 'FAILED',
          },
          {
            startedAt: '2026-04-10T18:00:00.000Z',
            bytes: '5000000000',
            sha256: SHA,
            restoreTestedAt: '2026-04-11T18:00:00.000Z',
            result: 'WRITTEN',
          },
        ],
      },
    ],
  };
  expect(await college.request('T0903', STATUS)).toEqual({ data: expected });
  expect(await college.request('T0001', STATUS, { headers: ADMIN })).toEqual({ data: expected });
  expect(
    (await college.request('T0110', '{ serviceStatus { state } }', { headers: ADMIN })).data,
  ).toEqual({ serviceStatus: [] });
  expect((await college.request(STUDENT, '{ serviceStatus { state } }')).data).toEqual({
    serviceStatus: null,
  });
});

test('a backup is written only with its digest, and tried only when it is written', async () => {
  const put = (columns: string, values: string) =>
    asOwner(
      college,
      'archive',
      `insert into backup_run (office, started_at, ${columns}) values ('archive', '2026-04-10', ${values})`,
    );
  await expect(put('result', `'WRITTEN'`)).rejects.toThrow('backup_run_written');
  await expect(put('result, restore_tested_at', `'FAILED', now()`)).rejects.toThrow(
    'backup_run_tested',
  );
});
