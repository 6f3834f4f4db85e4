/** The notice on processing: two people publish it, and it stands as published (L-10, INV-02). */
import { office } from '@chengxin/archive/office';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type Desk } from '../import/desk.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';

const CLERK = importer('T0001', 'SCHOOL_ADMIN', ['SCHOOL']);
const REVIEWER = importer('T0002', 'SCHOOL_ADMIN', ['SCHOOL']);
const HEADS = '告知书版本,标题,告知内容,生效日期,失效日期';
const TEXT = '一、处理者：学校。\n二、目的："诚信档案"。';
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const rowOf = (version: string, text = TEXT, days = '2026-04-01,') =>
  `${version},个人信息处理告知书,${quoted(text)},${days}`;

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

const propose = async (...rows: string[]) =>
  desk.propose(
    'notice-versions',
    await desk.file('notices.csv', `${[HEADS, ...rows].join('\n')}\n`),
    CLERK,
  );
const published = async () =>
  (await college.request(null, '{ noticeVersions { version title text validFrom validTo } }')).data;

const FIRST = {
  version: 'N-1',
  title: '个人信息处理告知书',
  text: TEXT,
  validFrom: '2026-04-01',
  validTo: null,
};

test('one person proposes a version, and another one publishes it to everybody', async () => {
  const { batchId } = await propose(rowOf('N-1'));
  expect(await published()).toEqual({ noticeVersions: [] });
  await expect(desk.approve(batchId, CLERK)).rejects.toMatchObject({
    extensions: { code: 'SOD_VIOLATION' },
  });
  expect(await published()).toEqual({ noticeVersions: [] });

  expect(await desk.approve(batchId, REVIEWER)).toMatchObject({ changed: 1 });

  expect(await published()).toEqual({ noticeVersions: [FIRST] });
  expect(
    await asOwner(college, 'archive', 'select recorded_by, approved_by from notice_version'),
  ).toEqual([{ recorded_by: 'T0001', approved_by: 'T0002' }]);
});

test('the same version once more changes nothing; with other words or days it is rejected', async () => {
  const again = await propose(rowOf('N-1'));
  expect(await desk.approve(again.batchId, REVIEWER)).toMatchObject({ changed: 0 });
  for (const row of [rowOf('N-1', '别的内容'), rowOf('N-1', TEXT, '2026-04-01,2026-12-31')]) {
    const report = await propose(row);
    expect(report.rejected).toBe(1);
    expect(await desk.rejected(report)).toEqual([
      [
        '2',
        'version',
        '此版本已发布，不得更改，请使用新的版本号',
        'is published and cannot be changed; use a new version',
      ],
    ]);
  }
  expect(await published()).toEqual({ noticeVersions: [FIRST] });
});

test('two files with other words for one version: the second is not approved any more', async () => {
  const one = await propose(rowOf('N-2', '甲'));
  const other = await propose(rowOf('N-2', '乙'));
  await desk.approve(one.batchId, REVIEWER);
  await expect(desk.approve(other.batchId, REVIEWER)).rejects.toMatchObject({
    extensions: { code: 'STATE_CONFLICT' },
  });
  expect(await published()).toEqual({
    noticeVersions: [FIRST, { ...FIRST, version: 'N-2', text: '甲' }],
  });
});

test('a version does not end before it begins', async () => {
  const report = await propose(rowOf('N-3', TEXT, '2026-04-01,2026-03-31'));
  expect(await desk.rejected(report)).toEqual([
    ['2', '失效日期', '早于生效日期', 'is before the first day'],
  ]);
});

test('the serving role neither changes nor deletes a version', async () => {
  const [may] = await asOwner(
    college,
    'archive',
    `select has_table_privilege(grantee, 'notice_version', 'UPDATE') as update,
       has_table_privilege(grantee, 'notice_version', 'DELETE') as delete,
       has_table_privilege(grantee, 'notice_version', 'INSERT') as insert
     from information_schema.role_table_grants
     where table_name = 'notice_version' and privilege_type = 'INSERT' and grantee <> current_user`,
  );
  expect(may).toEqual({ update: false, delete: false, insert: true });
});
