/** The operations of docs/commitments.md, as they stand there and in that order. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import { stepsOf } from '../support/operation-page.js';

const STUDENT = '2024010317';
const PEOPLE: ReadonlyMap<string, string> = new Map([
  ['student', STUDENT],
  ['clerk', 'T0301'],
  ['reviewer', 'T0302'],
]);

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
});
afterAll(() => college.stop());

interface Numbered {
  readonly id: string;
  readonly version?: number;
  readonly revision?: number;
  readonly kind?: string;
  readonly state?: string;
}

/** The row that a payload or its one result shows. */
function rowOf(answer: Record<string, unknown>): readonly [noun: string, row: Numbered] {
  const [result] = (answer['results'] as Record<string, unknown>[] | undefined) ?? [answer];
  for (const noun of ['commitment', 'commitmentTemplate', 'notice'])
    if (result?.[noun]) return [noun, result[noun] as Numbered];
  throw new Error('The answer shows no row.');
}

test('a commitment goes its way by the operations of the page', async () => {
  let acted: Numbered = { id: '' };
  let notice: Numbered = { id: '' };
  const came: unknown[] = [];
  for (const { name, who, text } of stepsOf('commitments.md')) {
    const { data, errors } = await college.request(PEOPLE.get(who) ?? '', text, {
      variables: {
        key: name,
        id: acted.id,
        version: acted.version ?? acted.revision,
        noticeId: notice.id,
        noticeVersion: notice.version,
      },
    });
    expect([name, errors]).toEqual([name, undefined]);
    if (name.startsWith('Own') || name === 'InForce') {
      const [answer] = Object.values(data ?? {});
      const kind = name === 'OwnReport' ? 'BREACH' : 'TEMPLATE';
      if (Array.isArray(answer)) notice = (answer as Numbered[]).find((one) => one.kind === kind)!;
      else came.push([name, answer]);
      continue;
    }
    const [answer] = Object.values(data ?? {}) as Record<string, unknown>[];
    const [noun, row] = rowOf(answer ?? {});
    if (noun !== 'notice') acted = row;
    came.push([name, answer?.['ok'], row.state]);
    if (name === 'Sign') {
      await runJob(college, 'archive', 'startCommitments');
      acted = { ...acted, version: 3 };
    }
    if (name === 'Report') await deliverNotices(college);
  }
  expect(came).toEqual([
    ['DraftText', true, 'DRAFT'],
    ['PublishText', true, 'PUBLISHED'],
    ['Offer', true, 'OFFERED'],
    ['Acknowledge', true, 'ACKNOWLEDGED'],
    ['Sign', true, 'SIGNED'],
    [
      'InForce',
      {
        nodes: [
          {
            id: acted.id,
            version: 3,
            subject: STUDENT,
            businessRef: '2025-2026-2期末',
            dueOn: '2026-07-01',
            state: 'IN_FORCE',
            availableActions: ['commitment.check', 'breach.report'],
          },
        ],
        pageInfo: { hasNextPage: false, endCursor: expect.any(String) as unknown },
      },
    ],
    ['Check', true, 'IN_FORCE'],
    ['Report', true, 'BREACH_REPORTED'],
    ['StateView', true, 'DELIVERED'],
    ['Decide', true, 'RECTIFYING'],
    ['Conclude', true, 'FULFILLED'],
    [
      'OwnCommitments',
      {
        student: {
          commitments: [
            {
              matter: 'EXAM',
              businessRef: '2025-2026-2期末',
              state: 'FULFILLED',
              checks: [
                {
                  phase: 'MID',
                  result: 'DEVIATION',
                  note: '迟到一次',
                  rectifyBy: '2026-05-01',
                },
              ],
              breach: {
                state: 'FULFILLED',
                facts: '考试中两次离开考场',
                decision: '离场属实，未经批准',
                measures: '参加考风考纪教育',
                rectifyBy: '2026-05-10',
                outcome: '已参加教育并提交心得',
              },
            },
          ],
        },
      },
    ],
  ]);
});
