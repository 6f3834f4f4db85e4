/** Files of the Youth League and of a provider as they have them (`cases/`), and what is right for each (F-13). */
import { office as thirdparty } from '@chengxin/thirdparty/office';
import { office as youthleague } from '@chengxin/youthleague/office';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';
import {
  bringAs,
  consent,
  giveConsents,
  OPERATOR,
  REGISTER,
  SCHOOL,
  TO_TELECOM,
} from '../thirdparty/provider-files.js';
import { caseDesk, refusal } from './case-desk.js';

let college: TestCollege;
let league: Awaited<ReturnType<typeof caseDesk>>;
let operator: Awaited<ReturnType<typeof caseDesk>>;
beforeAll(async () => {
  college = await startCollege();
  league = await caseDesk(college, youthleague, importer('T0601', 'CYL_CLERK'));
  operator = await caseDesk(college, thirdparty, OPERATOR);
});
afterAll(async () => {
  await league.close();
  await operator.close();
  await college.stop();
});

test('17: rows whose last commas Excel left out are read (F-13)', async () => {
  const report = await league.bring('volunteerHours', '17-volunteerHours-excel-ragged.csv');
  expect(report).toMatchObject({ rows: 31, rejected: 0 });
});

test('18: nothing stands under no heading (F-13)', async () => {
  const report = await league.bring('volunteerHours', '18-volunteerHours-blank-headings.csv');
  expect(await league.waiting(report, 'studentNo', 'hours', 'confirmedOn')).toEqual([
    [2, '2024010317', '12.5', '2026-01-10'],
    [3, '2024010305', '8.0', '2026-01-10'],
    [4, '2024010322', '8.0', null],
    [5, '2025020415', '8.0', null],
  ]);
  expect(report).toMatchObject({ rejected: 0, notes: [] });
});

const PAGE =
  'VALIDATION: This is a web page saved as a spreadsheet. Open it in Excel or WPS, save it as .xlsx, and import that.';

test('34: a web page and a web archive saved as .xls are refused with how to save them (F-13)', async () => {
  for (const name of ['34b-practices-html-after-blank-lines.xls', '34c-practices-mhtml.xls'])
    expect(await refusal(league.bring('practices', name))).toBe(PAGE);
});

test('39: two names of one column are both named (F-13)', async () => {
  expect(
    await refusal(league.bring('cadrePosts', '39b-cadrePosts-two-names-of-one-column.csv')),
  ).toBe('VALIDATION: Line 1: Columns there twice: org (组织, 组织名称).');
});

test('52: what is valid in both encodings is refused with a way out that exists (F-13)', async () => {
  const name = '52-practices-ambiguous-gbk.csv';
  expect(await refusal(league.bring('practices', name))).toBe(
    'VALIDATION: The file can be read as UTF-8 and as GB18030, with other characters. Say which it is: --encoding utf-8 or --encoding gb18030.',
  );
  const report = await league.bring('practices', name, { encoding: 'gb18030' });
  expect(await league.waiting(report, 'activity')).toEqual([[2, '志协']]);
});

test('22: a phone bill is what the sheet shows: zeros in front, a month, yuan, a yes (F-13)', async () => {
  await bringAs(college, SCHOOL, 'providers', REGISTER);
  await giveConsents(college, [consent({ ...TO_TELECOM, 授权编号: 'CS-1' })]);
  const report = await operator.bring('phoneBills', '22-phoneBills-number-formats.xlsx');
  expect(await operator.rejections(report)).toEqual([
    [4, '手机号后四位', 'does not have the form of this code'],
  ]);
  expect(
    await asOwner(
      college,
      'thirdparty',
      `select msisdn_tail4, month, amount_fen, paid_on::text, confirmed from phone_bill order by month`,
    ),
  ).toEqual([
    {
      msisdn_tail4: '0031',
      month: '2026-02',
      amount_fen: 4900,
      paid_on: '2026-03-05',
      confirmed: true,
    },
    { msisdn_tail4: '1234', month: '2026-03', amount_fen: 5990, paid_on: null, confirmed: false },
  ]);
});
