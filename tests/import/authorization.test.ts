/** Import is authorized for the bytes that are read, and for no others (docs/decisions/0006). */
import { writeFile } from 'node:fs/promises';
import { office } from '@chengxin/academics/office';
import { sentence } from '@chengxin/kit/errors';
import { requestAuthorization } from '@chengxin/kit/import/authority';
import { propose } from '@chengxin/kit/import/propose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { grade } from '../academics/rows.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';
import { workbook } from '../support/workbook.js';
import { openDesk, type Desk } from './desk.js';
import { refusal } from './case-desk.js';

const clerk = importer('T0301', 'AAO_CLERK');
const CHANGED = 'VALIDATION: The file was changed while it was being read.';

let college: TestCollege;
let desk: Desk;
beforeAll(async () => {
  college = await startCollege();
  desk = await openDesk(college, office);
});
afterAll(async () => {
  await desk.close();
  await college.stop();
});

const columns = Object.keys(grade({}));
const cells = (score: string) => {
  const row = grade({ 成绩: score });
  return columns.map((column) => row[column] ?? '');
};
const csv = (score: string) => `${columns.join(',')}\n${cells(score).join(',')}\n`;
const xlsx = (score: string) => workbook([columns, cells(score)]);

test.each([
  ['csv', csv],
  ['xlsx', xlsx],
])('a %s file that changes once leave is given is not read (F-13)', async (form, written) => {
  const path = await desk.file(`grades.${form}`, written('61'));
  const running = college.started.offices.get('academics');
  const job = office.imports.find(({ kind }) => kind.name === 'grades');
  if (!running || !job) throw new Error('Academics imports no grades.');

  const requested: string[] = [];
  const leave = (digest: string) => {
    requested.push(digest);
    return Promise.resolve(clerk);
  };
  const proposal = propose(running, job, path, async (digest) => {
    const identity = await leave(digest);
    await writeFile(path, written('99'));
    return identity;
  });

  expect(await refusal(proposal)).toBe(CHANGED);
  const staged = await asOwner(college, 'academics', 'select value from import_row');
  expect(staged).toEqual([]);

  await propose(running, job, path, leave, { dryRun: true });
  const batches = await asOwner<{ digest: string }>(
    college,
    'academics',
    'select file_sha256 as digest from import_batch where file_name = $1',
    [`grades.${form}`],
  );
  expect(requested).toHaveLength(2);
  expect(new Set(batches.map(({ digest }) => digest))).toEqual(new Set(requested));
});

const NOT_ALLOWED = sentence('FORBIDDEN_ACTION');

test.each([
  [
    'somebody without any grant',
    'T9999',
    {
      message: `${NOT_ALLOWED} 您已登录，但尚无任何授权，请联系本部门管理员。 You are logged in, but nobody has granted you anything: ask the administrator of your office.`,
      extensions: { code: 'FORBIDDEN_ACTION', reason: 'NO_GRANT' },
    },
  ],
  [
    'a clerk of another office',
    'T0401',
    {
      message: NOT_ALLOWED,
      extensions: {
        code: 'FORBIDDEN_ACTION',
        group: 'academics.import',
        clause: 'G6.2; G13.2; 3.8; INV-02',
        rule: 'FIN_CLERK.academics.import',
      },
    },
  ],
])('%s gets the error that the gateway sent (F-10)', async (_, person, error) => {
  const config = college.started.offices.get('academics')?.config;
  if (!config) throw new Error('Academics has not started.');
  const question = { office: 'academics', actions: ['academics.import'], target: 'x' };
  const authorization = requestAuthorization(
    config,
    college.gateway.origin,
    await college.token(person),
    question,
  );
  const { message, extensions } = await authorization.then(
    () => ({ message: 'authorized', extensions: {} }),
    (refused: { message: string; extensions: object }) => refused,
  );
  expect({ message, extensions }).toEqual(error);
});
