/** Levels and seats of administrators: the school sets the frame, the college what holds within it (G17, G18.1). */
import { office } from '@chengxin/archive/office';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDesk, type Desk } from '../academics/office-files.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { mutate as request, on, refusalsOf, type ChangedRow } from '../support/mutate.js';
import { newOrg } from '../support/new-org.js';
import { asOwner } from '../support/sql.js';

const FIRST = 'T0001';
const SECOND = 'T0002';
const ADMIN = 'T0110';
/** Who are to be administrators; of other offices so far. */
const CANDIDATES = ['T0301', 'T0302', 'T0401'];
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };

let college: TestCollege;
let desk: Desk;
/** An org of the college that nobody administers yet, and one below it. */
let department: string;
let classCode: string;
beforeAll(async () => {
  college = await startCollege({ at: '2026-03-10T09:00:00+08:00' });
  desk = await openDesk(college, office);
  department = await newOrg(college);
  classCode = await newOrg(college, department);
  for (const staffNo of CANDIDATES) {
    const args = { staffNo, title: '专职管理员培训', passedOn: '2026-03-01' };
    const training = { name: 'recordTraining', noun: 'TrainingSession', args, fields: 'id' };
    await request(college, FIRST, training, REVIEW);
  }
});
afterAll(async () => {
  await desk.close();
  await college.stop();
});

const FIELDS = 'orgCode levels seats levelsAtMost seatsAtMost version';
const configure = (person: string, name: string, args: object) =>
  request(
    college,
    person,
    { name, noun: 'LevelConfig', args: { ...args }, fields: FIELDS },
    REVIEW,
  );
const atSchool = (args: object) => configure(FIRST, 'configureLevels', args);
const atCollege = (args: object) => configure(ADMIN, 'setLevelConfig', args);
const seen = ({ version }: ChangedRow) => ({ expectedVersion: version });

async function requestAdmin(staffNo: string, orgCode: string): Promise<ChangedRow> {
  const args = { staffNo, role: 'COLLEGE_ADMIN', orgCode };
  const { row } = await request(
    college,
    FIRST,
    { name: 'requestGrant', noun: 'AdminGrant', args },
    REVIEW,
  );
  return row;
}
const approve = (row: ChangedRow) =>
  request(
    college,
    SECOND,
    { name: 'grantAdmin', noun: 'AdminGrant', args: on(row) },
    REVIEW,
    college.clock.now(),
  );

test('the college sets levels and seats of its own orgs, within the frame of the school', async () => {
  const framed = await atSchool({ orgCode: department, levels: 2, seats: 2 });
  expect([framed.came, framed.row]).toEqual([
    'OK',
    {
      orgCode: department,
      levels: 2,
      seats: 2,
      levelsAtMost: 2,
      seatsAtMost: 2,
      version: 1,
    },
  ]);
  const set = await atCollege({ orgCode: department, levels: 1, seats: 1, ...seen(framed.row) });
  expect(set.row).toMatchObject({ levels: 1, seats: 1, levelsAtMost: 2, version: 2 });
  const own = seen(set.row);
  const beyond = { orgCode: department, ...own };
  expect(refusalsOf(await atCollege({ ...beyond, levels: 3, seats: 1 }), 'setLevelConfig')).toEqual(
    ['VALIDATION levels'],
  );
  expect(refusalsOf(await atCollege({ ...beyond, levels: 1, seats: 3 }), 'setLevelConfig')).toEqual(
    ['VALIDATION seats'],
  );
  const back = await atCollege({ ...beyond, levels: 2, seats: 2 });
  // The school makes its frame smaller: what was set is cut to it.
  const smaller = await atSchool({ orgCode: department, levels: 1, seats: 1, ...seen(back.row) });
  expect(smaller.row).toMatchObject({ levels: 1, seats: 1, levelsAtMost: 1, seatsAtMost: 1 });
});

test('no org of another college, none that is not there, and not without the version', async () => {
  expect((await atCollege({ orgCode: 'C02', levels: 1, seats: 1 })).came).toBe('NOT_FOUND');
  expect((await atCollege({ orgCode: 'C99', levels: 1, seats: 1 })).came).toBe('NOT_FOUND');
  expect((await atSchool({ orgCode: department, levels: 1, seats: 1 })).came).toBe(
    'VERSION_CONFLICT',
  );
  expect((await atSchool({ orgCode: 'C02', levels: 4, seats: 1 })).came).toBe('VALIDATION');
  expect((await atSchool({ orgCode: 'C02', levels: 1, seats: 0 })).came).toBe('VALIDATION');
  expect(await asOwner(college, 'archive', 'select org_code from level_config')).toEqual([
    { org_code: department },
  ]);
});

test('of two who approve for the last seat at the same time one is refused', async () => {
  const [one, other] = await Promise.all(
    CANDIDATES.slice(0, 2).map((staffNo) => requestAdmin(staffNo, department)),
  );
  const came = await Promise.all([approve(one!), approve(other!)]);
  expect(came.map((each) => each.came).toSorted()).toEqual(['OK', 'VALIDATION']);
  expect(came.flatMap((each) => refusalsOf(each, 'grantAdmin'))).toEqual(['VALIDATION id']);

  // Who goes leaves his seat.
  const [held] = came.filter((each) => each.came === 'OK').map(({ row }) => row);
  const [refused] = came[0]?.came === 'OK' ? [other] : [one];
  const end = { name: 'endGrant', noun: 'AdminGrant', args: on(held!) };
  expect((await request(college, FIRST, end, REVIEW)).came).toBe('OK');
  expect((await approve(refused!)).came).toBe('OK');
});

test('an org on a level without administrators has none', async () => {
  const below = await requestAdmin(CANDIDATES[2]!, classCode);
  expect(refusalsOf(await approve(below), 'grantAdmin')).toEqual(['VALIDATION id']);
  const [{ version } = { version: 0 }] = await asOwner<{ version: number }>(
    college,
    'archive',
    'select version from level_config where org_code = $1',
    [department],
  );
  const args = { orgCode: department, levels: 2, seats: 1, expectedVersion: version };
  expect((await atSchool(args)).came).toBe('OK');
  expect((await approve(below)).came).toBe('VALIDATION');
  const raised = { ...args, expectedVersion: version + 1 };
  expect((await atCollege(raised)).came).toBe('OK');
  expect((await approve(below)).came).toBe('OK');
});

test('who stands in for one on leave takes no seat', async () => {
  const [holder] = await asOwner<{ staff_no: string }>(
    college,
    'archive',
    `select staff_no from admin_grant where org_code = $1 and state = 'ACTIVE'`,
    [department],
  );
  const standIn = CANDIDATES.find((staffNo) => staffNo !== holder?.staff_no);
  const args = {
    staffNo: standIn,
    orgCode: department,
    validTo: '2026-04-01T00:00:00Z',
  };
  const headers = { ...REVIEW, 'x-role': 'COLLEGE_ADMIN' };
  college.clock.set('2026-03-10T09:00:10+08:00');
  const { came, row } = await request(
    college,
    holder!.staff_no,
    { name: 'delegateGrant', noun: 'AdminGrant', args },
    headers,
  );
  expect(came).toBe('OK');
  expect((await approve(row)).came).toBe('OK');
});

describe('a file of grants', () => {
  const CLERK = importer(FIRST, 'SCHOOL_ADMIN', ['SCHOOL']);
  const grantOf = (staffNo: string, orgCode: string, until = '') => ({
    工号: staffNo,
    角色: 'COLLEGE_ADMIN',
    机构代码: orgCode,
    生效时间: '2026-03-01 00:00:00',
    失效时间: until,
    培训编号: '',
  });
  /** Lines that are refused, with column and reason. */
  const refused = async (...rows: ReturnType<typeof grantOf>[]) =>
    (await desk.rejected(await desk.propose('grants', rows, CLERK))).map(([line, ...said]) =>
      [line, ...said].join(' | '),
    );
  let org: string;
  beforeAll(async () => {
    org = await newOrg(college);
    await atSchool({ orgCode: org, levels: 1, seats: 1 });
  });

  test('takes no seat beyond those of the org, its own rows among themselves neither', async () => {
    expect(
      await refused(
        grantOf('T0301', org, '2026-03-05 00:00:00'),
        grantOf('T0302', org),
        grantOf('T0401', org),
      ),
    ).toEqual(['4 | orgCode | 该机构的管理员席位已满 | the seats of the org are taken']);
  });

  test('puts nobody on a level that has no administrators', async () => {
    const below = await newOrg(college, org);
    expect(await refused(grantOf('T0302', below))).toEqual([
      '2 | orgCode | 该机构所在层级不设管理员 | orgs of this level have no administrators',
    ]);
  });

  test('is held by who has come into the seat since', async () => {
    const report = await desk.propose('grants', [grantOf('T0302', org)], CLERK);
    expect(report).toMatchObject({ rows: 1, rejected: 0 });
    expect((await approve(await requestAdmin('T0401', org))).came).toBe('OK');
    const late = desk.approve(report.batchId, importer(SECOND, 'SCHOOL_ADMIN', ['SCHOOL']));
    await expect(late).rejects.toThrow('the seats of the org are taken');
    const held = 'select staff_no from admin_grant where org_code = $1';
    expect(await asOwner(college, 'archive', held, [org])).toEqual([{ staff_no: 'T0401' }]);
  });
});
