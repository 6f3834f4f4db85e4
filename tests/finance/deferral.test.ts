/** A deferral from the request to the decision, through the gateway (T-01, DOMAIN 3.8). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bill } from '../support/bill.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { countStatements } from '../support/statements.js';
import { asOwner } from '../support/sql.js';

const STUDENT = '2025020415';
const OTHER = '2024010317';
const CLERK = 'T0401';
const REVIEWER = 'T0402';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2025-11-10T10:00:00+08:00' });
  await college.bring('finance', 'bills', [bill('B-1', STUDENT), bill('B-2', OTHER)]);
});
afterAll(() => college.stop());

const PAYLOAD =
  'ok errors { code message path } deferral { id billNo until state version availableActions }';
let count = 0;
const next = () => `m-${++count}`;

/** Requests a mutation with these arguments. */
async function mutate(
  person: string,
  name: string,
  args: Readonly<Record<string, string | number>>,
  fields = PAYLOAD,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const given = { clientMutationId: next(), ...args };
  const list = Object.entries(given).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return college.request(person, `mutation { ${name}(${list.join(', ')}) { ${fields} } }`, {
    headers,
  });
}

interface Row {
  readonly id: string;
  readonly version: number;
}
const rowOf = ({ data }: Answer, name: string): Row =>
  ((data?.[name] ?? {}) as { deferral: Row }).deferral;

test('a student asks, and the reviewer approves, once', async () => {
  const until = '2026-02-28';
  const asked = await mutate(STUDENT, 'requestDeferral', {
    billNo: 'B-1',
    until,
    reason: '家中变故',
  });
  expect(asked).toEqual({
    data: {
      requestDeferral: {
        ok: true,
        errors: [],
        deferral: {
          id: expect.any(String),
          billNo: 'B-1',
          until,
          state: 'REQUESTED',
          version: 1,
          availableActions: ['deferral.withdraw'],
        },
      },
    },
  });
  const { id } = rowOf(asked, 'requestDeferral');
  const approval = { clientMutationId: 'once', id, expectedVersion: 1, reason: '属实' };
  const { result, byOffice } = await countStatements(() =>
    mutate(REVIEWER, 'approveDeferral', approval),
  );
  expect(result.data).toMatchObject({
    approveDeferral: {
      ok: true,
      deferral: { state: 'APPROVED', version: 2, availableActions: [] },
    },
  });
  expect(byOffice['finance']).toBeLessThanOrEqual(16);
  expect(await mutate(REVIEWER, 'approveDeferral', approval)).toEqual(result);
  const log = await asOwner(
    college,
    'finance',
    `select actor, action, target_type, target_id, reason, sealed from operation_log
     where target_id = $1 order by id`,
    [id],
  );
  expect(log).toEqual([
    expect.objectContaining({
      actor: STUDENT,
      action: 'deferral.request',
      target_type: 'Deferral',
    }),
    expect.objectContaining({ actor: REVIEWER, action: 'deferral.approve', reason: null }),
  ]);
  expect(JSON.stringify(log)).not.toContain('属实');
});

test('nobody defers the bill of another, and a clerk does not approve', async () => {
  const until = '2026-02-28';
  const foreign = await mutate(STUDENT, 'requestDeferral', { billNo: 'B-2', until, reason: 'x' });
  const absent = await mutate(STUDENT, 'requestDeferral', { billNo: 'B-9', until, reason: 'x' });
  expect(foreign.errors?.map(({ extensions }) => extensions['code'])).toEqual(['NOT_FOUND']);
  expect(absent).toEqual(foreign);
  const clerk = await mutate(CLERK, 'approveDeferral', { id: 'x', expectedVersion: 1 });
  expect(clerk).toEqual({
    data: { approveDeferral: null },
    errors: [
      expect.objectContaining({
        path: ['approveDeferral'],
        extensions: expect.objectContaining({
          code: 'FORBIDDEN_ACTION',
          rule: 'FIN_CLERK.deferral.approve',
        }),
      }),
    ],
  });
});

test('a bill that is paid is not deferred', async () => {
  const paid = {
    流水号: 'P-3',
    账单编号: 'B-3',
    学号: STUDENT,
    实缴金额: '9800.00',
    缴费日期: '2025-11-01',
  };
  await college.bring('finance', 'bills', [bill('B-3', STUDENT)]);
  await college.bring('finance', 'payments', [paid]);
  const wish = { billNo: 'B-3', until: '2026-02-28', reason: 'x' };
  const { data } = await mutate(STUDENT, 'requestDeferral', wish);
  expect(data?.['requestDeferral']).toMatchObject({
    ok: false,
    errors: [{ code: 'STATE_CONFLICT' }],
    deferral: null,
  });
});

test('the reviewer finds what waits for him', async () => {
  const wish = { billNo: 'B-2', until: '2026-02-28', reason: 'x' };
  await mutate(OTHER, 'requestDeferral', wish);
  const { data } = await college.request(
    REVIEWER,
    '{ deferrals(filter: { state: REQUESTED }) { nodes { billNo } } }',
  );
  expect(data?.['deferrals']).toEqual({ nodes: [{ billNo: 'B-2' }] });
});
