/** What a caller would get, without calling any office (DOMAIN 3.1). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type College } from './small-college.js';

let college: College;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

const foretold = (...dryRun: object[]) => ({ data: null, extensions: { dryRun } });
const dryRun = true;

test('each selection is reported with its groups, effect, cell and condition, and nobody is called', async () => {
  const answer = await college.request(
    'COUNSELLOR',
    `{ student(studentNo: "1") {
         studentNo name grades { course } arrears { category outstandingFen recordedBy }
         phoneBills { amountFen } loanPerformance } }`,
    { dryRun },
  );

  const tuition = {
    groups: ['TUITION'],
    clause: 'FG16',
    rule: 'COUNSELLOR.FG16',
    condition:
      '限本班或本学院；欠费只显示无、已缓交（含有正当理由）或原因不明，不显示金额。 Own classes or own college; of arrears only NONE, DEFERRED (an excused bill too) or UNEXPLAINED, no amount.',
  };
  const identity = { groups: ['IDENTITY'], clause: 'FG01', rule: 'COUNSELLOR.FG01' };
  const grades = { groups: ['GRADES'], clause: 'FG08', rule: 'COUNSELLOR.FG08' };
  const at = ['student', 'arrears', '@'];
  expect(answer).toEqual(
    foretold(
      { path: ['student'], ...identity, effect: 'ALLOW' },
      { path: ['student', 'studentNo'], groups: [], effect: 'ALLOW' },
      { path: ['student', 'name'], ...identity, effect: 'ALLOW' },
      { path: ['student', 'grades'], ...grades, effect: 'ALLOW' },
      { path: ['student', 'grades', '@', 'course'], ...grades, effect: 'ALLOW' },
      { path: ['student', 'arrears'], ...tuition, effect: 'ALLOW' },
      { path: [...at, 'category'], ...tuition, effect: 'MASK', shown: 'CATEGORY' },
      { path: [...at, 'outstandingFen'], ...tuition, effect: 'MASK', shown: 'NULL' },
      // What stands in the way first is what errors name.
      {
        path: [...at, 'recordedBy'],
        ...tuition,
        groups: ['TUITION', 'STAFF_IDENTITY'],
        effect: 'MASK',
        shown: 'NULL',
      },
      {
        path: ['student', 'phoneBills'],
        groups: ['PHONE_BILLS'],
        clause: 'FG20',
        rule: 'COUNSELLOR.FG20',
        effect: 'DENY',
      },
      {
        path: ['student', 'loanPerformance'],
        groups: ['LOAN_PERFORMANCE'],
        clause: 'FG42',
        rule: 'COUNSELLOR.FG42',
        effect: 'DENY',
        condition:
          '不论有无记录，均须经同意；学生处须有以学校为接收方、用途为毕业后贷款的有效同意。 Consent is required, whether or not rows exist; student affairs reads while a consent for POSTGRAD_LOAN in force names the school.',
      },
    ),
  );
  expect(college.calls).toEqual([]);
});

test('rows that alone pass are reported in words', async () => {
  const answer = await college.request(
    'EV_PARTY',
    '{ student(studentNo: "1") { records { origin } } }',
    { dryRun },
  );

  const condition =
    '仅限列有该生、正在进行的评审，且评审人任期有效、未申报利害关系；只显示该用途所需的信息。 Only in an open case that lists the student, while the assignment is valid and no relation is declared; what is shown is the profile of the purpose.';
  const identity = {
    groups: ['IDENTITY'],
    effect: 'ALLOW',
    clause: 'FG01',
    rule: 'EV_PARTY.FG01',
    condition,
  };
  expect(answer).toEqual(
    foretold(
      { path: ['student'], ...identity },
      { path: ['student', 'records'], ...identity },
      {
        path: ['student', 'records', '@', 'origin'],
        groups: ['BAD_CONDUCT'],
        effect: 'ALLOW',
        clause: 'FG13',
        rule: 'EV_PARTY.FG13',
        condition,
        rows: [
          "记录的状态或种类所属的信息类别对查阅人开放 · the group of the row's state or kind (3.2) is open to the caller",
          '指标所属的信息类别对查阅人开放；D2-01对资助评审人开放 · the group of the indicator (2.3) is open to the caller; D2-01 passes for EV_AID',
        ],
      },
    ),
  );
});

test('what may not stand in a list is reported as such, what is aggregated as aggregated', async () => {
  const inList = await college.request(
    'SCHOOL_ADMIN',
    '{ students { nodes { grades { course } } } }',
    {
      dryRun,
    },
  );
  expect(inList.extensions?.['dryRun']).toEqual([
    {
      path: ['students'],
      groups: ['IDENTITY'],
      effect: 'ALLOW',
      clause: 'FG01',
      rule: 'SCHOOL_ADMIN.FG01',
    },
    { path: ['students', 'nodes'], groups: [], effect: 'ALLOW' },
    {
      path: ['students', 'nodes', '@', 'grades'],
      groups: ['GRADES'],
      effect: 'DENY',
      clause: 'FG08',
      rule: 'SCHOOL_ADMIN.FG08',
      condition: '不在名单中显示，只能逐人查看。 Not of students in a list: on one student only.',
    },
  ]);
  expect(
    await college.request('REPORT_SVC', '{ student(studentNo: "1") { name } }', { dryRun }),
  ).toEqual(
    foretold({
      path: ['student'],
      groups: ['IDENTITY'],
      effect: 'AGGREGATE',
      clause: 'FG01',
      rule: 'REPORT_SVC.FG01',
    }),
  );
});

test('of a mutation it is reported whether the role may, and nothing is done', async () => {
  const mutation = `mutation {
    proposeDeferral(id: "1") { state } approveDeferral(id: "1") { state } }`;
  const answer = await college.request('FIN_CLERK', mutation, { dryRun });

  expect(answer).toEqual(
    foretold(
      {
        path: ['proposeDeferral'],
        groups: ['deferral.propose'],
        effect: 'ALLOW',
        clause: 'T-01; 3.8',
        rule: 'FIN_CLERK.deferral.propose',
      },
      {
        path: ['proposeDeferral', 'state'],
        groups: ['TUITION'],
        effect: 'ALLOW',
        clause: 'FG16',
        rule: 'FIN_CLERK.FG16',
      },
      {
        path: ['approveDeferral'],
        groups: ['deferral.approve'],
        effect: 'DENY',
        clause: 'T-01; 3.8',
        rule: 'FIN_CLERK.deferral.approve',
      },
    ),
  );
  expect(college.done).toEqual([]);
  expect(college.calls).toEqual([]);
});

test('the answer is the same of every student, for none is looked at', async () => {
  const of = (studentNo: string) =>
    college.request(
      'EV_PARTY',
      `{ student(studentNo: "${studentNo}") { name credit { grade } } }`,
      {
        dryRun,
      },
    );
  expect(await of('nobody')).toEqual(await of('1'));
});
