import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { maskedAt } from '../support/masked-at.js';
import { refusal, startCollege, type College } from './small-college.js';

let college: College;
beforeAll(async () => {
  college = await startCollege();
});
afterEach(() => college.instead.clear());
afterAll(() => college.stop());

const grades = (...path: (string | number)[]) => refusal(path, 'GRADES', 'FG08', 'FIN_CLERK');
const score = (...path: (string | number)[]) => refusal(path, 'CREDIT_SCORE', 'FG21', 'FIN_CLERK');

test('what a role can never see is null with one error, and the rest is answered (SC-04)', async () => {
  const answer = await college.request(
    'EV_AWARD',
    `{ student(studentNo: "1") { credit { grade } summary { gpa } phoneBills { amountFen } name } }`,
  );

  expect(answer).toEqual({
    data: {
      student: {
        credit: { grade: 'A' },
        summary: { gpa: 3.62 },
        phoneBills: null,
        name: 'Li Lei',
      },
    },
    errors: [refusal(['student', 'phoneBills'], 'PHONE_BILLS', 'FG20', 'EV_AWARD')],
  });
});

test('an office that has nothing left to answer is not called (SC-04)', async () => {
  await college.request(
    'EV_AWARD',
    '{ student(studentNo: "1") { name phoneBills { amountFen } } }',
  );

  expect(college.called()).toEqual(['archive']);
});

test('nulls stand where the document selects them', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    `{ student(studentNo: "1") { phone name grades { course } college studentNo } }`,
  );

  expect(JSON.stringify(answer.data)).toBe(
    '{"student":{"phone":null,"name":"Li Lei","grades":null,"college":"CS","studentNo":"1"}}',
  );
});

test('where no consent can be given, the error requires consent (DOMAIN 3.4, 33)', async () => {
  const answer = await college.request(
    'COUNSELLOR',
    '{ student(studentNo: "1") { loanPerformance } }',
  );

  expect(answer).toEqual({
    data: { student: { loanPerformance: null } },
    errors: [
      refusal(['student', 'loanPerformance'], 'LOAN_PERFORMANCE', 'FG42', 'COUNSELLOR', {
        code: 'CONSENT_REQUIRED',
      }),
    ],
  });
});

test('a field that the mask leaves empty is refused as masked, the others of its group are shown', async () => {
  const answer = await college.request(
    'COUNSELLOR',
    '{ student(studentNo: "1") { arrears { category outstandingFen } } }',
  );

  expect(answer).toEqual({
    data: { student: { arrears: [{ category: 'UNEXPLAINED', outstandingFen: null }] } },
    errors: [
      refusal(['student', 'arrears', 0, 'outstandingFen'], 'TUITION', 'FG16', 'COUNSELLOR', {
        masked: true,
      }),
    ],
    ...maskedAt({ shown: 'CATEGORY', group: 'TUITION', rule: 'COUNSELLOR.FG16' }, [
      'student',
      'arrears',
      '@',
      'category',
    ]),
  });
});

test('all names of a policy must be open, and any alternative suffices', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    '{ student(studentNo: "1") { records { text origin } arrears { category recordedBy } } }',
  );

  expect(answer).toEqual({
    data: { student: { records: [{ text: 'entry', origin: 'D2-03' }], arrears: null } },
    errors: [
      refusal(['student', 'arrears', '@', 'recordedBy'], 'STAFF_IDENTITY', 'FG43', 'FIN_CLERK'),
    ],
  });
});

test('nobody without a login gets past what needs one, but the rules are public (DOMAIN 3.1)', async () => {
  const answer = await college.request('PUBLIC', '{ me { person } indicators { code weight } }');

  expect(answer).toEqual({
    data: { me: null, indicators: [{ code: 'D1-01', weight: 3 }] },
    errors: [
      refusal(['me'], 'AUTHENTICATED', '2.7', 'PUBLIC', {
        code: 'UNAUTHENTICATED',
        rule: 'PUBLIC.AUTHENTICATED',
      }),
    ],
  });
});

test('an operation refused as a whole calls nobody', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    '{ caseDossier(studentNo: "1") { caseId students { name } } again: caseDossier(studentNo: "2") { caseId } }',
  );

  expect(answer).toEqual({
    data: { caseDossier: null, again: null },
    errors: [
      refusal(['caseDossier'], 'CASES', 'FG38', 'FIN_CLERK'),
      refusal(['again'], 'CASES', 'FG38', 'FIN_CLERK'),
    ],
  });
  expect(college.calls).toEqual([]);
});

test('a refused field that cannot be null makes its nearest nullable parent null', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    '{ student(studentNo: "1") { name supervisor { post staffNo } } }',
  );

  expect(answer).toEqual({
    data: { student: { name: 'Li Lei', supervisor: null } },
    errors: [refusal(['student', 'supervisor', 'staffNo'], 'STAFF_IDENTITY', 'FG43', 'FIN_CLERK')],
  });
  expect(college.calls.map(({ query }) => query)).toEqual(['{student(studentNo:1){name}}']);
});

test('the length of a list is fetched where its elements may be null; errors do not disclose which is not there', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    '{ student(studentNo: "1") { mentors { post staffNo } } }',
  );

  expect(answer).toEqual({
    data: { student: { mentors: [null, null, null] } },
    errors: [0, 1, 2].map((i) =>
      refusal(['student', 'mentors', i, 'staffNo'], 'STAFF_IDENTITY', 'FG43', 'FIN_CLERK'),
    ),
  });
  expect(college.calls.map(({ query }) => query)).toEqual([
    '{student(studentNo:1){mentors{__typename}}}',
  ]);
});

test('a refused top-level field that cannot be null leaves no data, and nobody is called', async () => {
  const answer = await college.request('FIN_CLERK', '{ ruleCount operationCount }');

  expect(answer).toEqual({
    data: null,
    errors: [refusal(['operationCount'], 'OPERATION_LOG', 'FG28', 'FIN_CLERK')],
  });
  expect(college.calls).toEqual([]);
});

test('an object whose fields are all refused comes back with nulls if it exists', async () => {
  const query = 'query($no: ID!) { student(studentNo: $no) { grades { course } phone } }';
  const errors = [
    grades('student', 'grades'),
    refusal(['student', 'phone'], 'SENSITIVE_IDENTITY', 'FG02', 'FIN_CLERK'),
  ];

  expect(await college.request('FIN_CLERK', query, { variables: { no: '1' } })).toEqual({
    data: { student: { grades: null, phone: null } },
    errors,
  });
  expect(college.called()).toEqual(['archive']);
  expect(await college.request('FIN_CLERK', query, { variables: { no: '9' } })).toEqual({
    data: { student: null },
    errors,
  });
});

test('an office reports how many there are, where a list has nothing else left', async () => {
  const answer = await college.request(
    'COUNSELLOR',
    '{ student(studentNo: "1") { arrears { daysOverdue } account { phone } } }',
  );

  const masked = { masked: true } as const;
  expect(answer).toEqual({
    data: { student: { arrears: [{ daysOverdue: null }], account: null } },
    errors: [
      refusal(['student', 'arrears', 0, 'daysOverdue'], 'TUITION', 'FG16', 'COUNSELLOR', masked),
      refusal(['student', 'account'], 'TUITION', 'FG16', 'COUNSELLOR', masked),
    ],
  });
  expect(college.called()).toEqual(['archive', 'finance']);
});

test('an object that is always there is not fetched when nothing of it is left', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    '{ student(studentNo: "1") { credit { score } name } }',
  );

  expect(JSON.stringify(answer.data)).toBe('{"student":{"credit":{"score":null},"name":"Li Lei"}}');
  expect(answer.errors).toEqual([score('student', 'credit', 'score')]);
  expect(college.calls.map(({ query }) => query)).toEqual(['{student(studentNo:1){name}}']);
});

test('aliases are refused under their own names', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    `{ s: student(studentNo: "1") { marks: grades { course } n: name typename_: college } }`,
  );

  expect(answer).toEqual({
    data: { s: { marks: null, n: 'Li Lei', typename_: 'CS' } },
    errors: [grades('s', 'marks')],
  });
});

test('a client may use the response key that the filter would use', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    `{ typename_: student(studentNo: "1") { phone }
       typename__: timeline { typename_: note on } }`,
  );

  expect(answer).toEqual({
    data: {
      typename_: { phone: null },
      typename__: [
        { typename_: null, on: '2026-01-10' },
        { typename_: 'unpaid', on: '2026-02-11' },
      ],
    },
    errors: [
      refusal(['typename_', 'phone'], 'SENSITIVE_IDENTITY', 'FG02', 'FIN_CLERK'),
      grades('typename__', 0, 'typename_'),
    ],
  });
});

test('fragments, named, inline and nested, are decided like what they stand for (DOMAIN 3.7(2))', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    `query { student(studentNo: "1") { ...Card ... on Student { ... { phone } college } } }
     fragment Card on Student { name ...Marks }
     fragment Marks on Student { grades { ...Course } studentNo }
     fragment Course on Grade { course }`,
  );

  expect(JSON.stringify(answer.data)).toBe(
    '{"student":{"name":"Li Lei","grades":null,"studentNo":"1","phone":null,"college":"CS"}}',
  );
  expect(answer.errors).toEqual([
    grades('student', 'grades'),
    refusal(['student', 'phone'], 'SENSITIVE_IDENTITY', 'FG02', 'FIN_CLERK'),
  ]);
});

test('fields of an interface are decided on each runtime type (DOMAIN 3.7(2))', async () => {
  const answer = await college.request('FIN_CLERK', '{ timeline { note on } }');

  expect(JSON.stringify(answer.data)).toBe(
    '{"timeline":[{"note":null,"on":"2026-01-10"},{"note":"unpaid","on":"2026-02-11"}]}',
  );
  expect(answer.errors).toEqual([grades('timeline', 0, 'note')]);
});

test('fragments on another interface stay on it', async () => {
  const query = '{ timeline { ... on Sourced { source } note } }';

  expect((await college.request('FIN_CLERK', query)).data).toEqual({
    timeline: [
      { source: 'AAO', note: null },
      { source: 'FIN', note: 'unpaid' },
    ],
  });
  expect((await college.request('AUDITOR', query)).data).toEqual({
    timeline: [
      { source: 'AAO', note: null },
      { source: 'FIN', note: 'unpaid' },
    ],
  });
});

test('implementations whose fields cannot be merged are still selected together', async () => {
  const answer = await college.request(
    'AUDITOR',
    'query($hide: Boolean = false) { timeline { ... @skip(if: $hide) { note } on } }',
  );

  expect(answer).toEqual({
    data: {
      timeline: [
        { note: null, on: '2026-01-10' },
        { note: 'unpaid', on: '2026-02-11' },
      ],
    },
    errors: [refusal(['timeline', 0, 'note'], 'GRADES', 'FG08', 'AUDITOR')],
  });
});

test('a refused field of one runtime type that cannot be null takes only objects of that type', async () => {
  const query = '{ found { ... on Staff { records { text } name } ... on BillFact { note } } }';

  expect(await college.request('FIN_CLERK', query)).toEqual({
    data: { found: null },
    errors: [refusal(['found', '@', 'name'], 'STAFF_IDENTITY', 'FG43', 'FIN_CLERK')],
  });
  expect(await college.request('HRO_STAFF', query)).toEqual({
    data: { found: [{ records: [{ text: 'staff entry' }], name: 'Wang Fang' }, { note: null }] },
    errors: [refusal(['found', 1, 'note'], 'TUITION', 'FG16', 'HRO_STAFF')],
  });
});

test('a key may be refused in one branch and open in another type', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    `{ timeline {
         ... on GradeFact { text: note on }
         ... on BillFact { on text: note }
       } }`,
  );

  expect(JSON.stringify(answer.data)).toBe(
    '{"timeline":[{"text":null,"on":"2026-01-10"},{"on":"2026-02-11","text":"unpaid"}]}',
  );
  expect(answer.errors).toEqual([grades('timeline', 0, 'text')]);
});

test('the same key selected several times is one field with one error', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    `{ student(studentNo: "1") { grades { course } arrears { category } credit { score } }
       ...More student(studentNo: "1") { grades { student { name } } college } }
     fragment More on Query {
       student(studentNo: "1") { arrears { daysOverdue } credit { score } phone }
     }`,
  );

  expect(JSON.stringify(answer.data)).toBe(
    '{"student":{"grades":null,"arrears":[{"category":"UNEXPLAINED","daysOverdue":40}],' +
      '"credit":{"score":null},"phone":null,"college":"CS"}}',
  );
  expect(answer.errors).toEqual([
    grades('student', 'grades'),
    score('student', 'credit', 'score'),
    refusal(['student', 'phone'], 'SENSITIVE_IDENTITY', 'FG02', 'FIN_CLERK'),
  ]);
});

test('repeated under different conditions, a key is still put together once', async () => {
  const query = `query($deep: Boolean!, $also: Boolean = true) {
    student(studentNo: "1") @include(if: $deep) { credit { score } phone }
    student(studentNo: "1") { credit @skip(if: $also) { grade } name }
    student(studentNo: "1") @include(if: $also) { college }
  }`;

  expect(await college.request('FIN_CLERK', query, { variables: { deep: true } })).toEqual({
    data: { student: { credit: { score: null }, phone: null, name: 'Li Lei', college: 'CS' } },
    errors: [
      score('student', 'credit', 'score'),
      refusal(['student', 'phone'], 'SENSITIVE_IDENTITY', 'FG02', 'FIN_CLERK'),
    ],
  });
  expect(
    await college.request('FIN_CLERK', query, { variables: { deep: false, also: false } }),
  ).toEqual({
    data: { student: { credit: { grade: null }, name: 'Li Lei' } },
    errors: [refusal(['student', 'credit', 'grade'], 'CREDIT_GRADE', 'FG22', 'FIN_CLERK')],
  });
});

test('what one selection loses, another of the same key does not bring back', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    `query($no: Boolean = false, $yes: Boolean = true) { arrearsList {
       nodes @skip(if: $no) { recordedBy }
       nodes @include(if: $yes) { category } } }`,
  );

  expect(answer).toEqual({
    data: { arrearsList: null },
    errors: [
      refusal(['arrearsList', 'nodes', '@', 'recordedBy'], 'STAFF_IDENTITY', 'FG43', 'FIN_CLERK'),
    ],
  });
});

test('a refused selection that is not included gives neither a null nor an error', async () => {
  const query = `query($marks: Boolean!, $hide: Boolean = true) {
    student(studentNo: "1") {
      name
      grades @include(if: $marks) { course }
      phone @skip(if: $hide)
      ... @include(if: $marks) { credit @skip(if: $hide) { score } }
      loop @include(if: false) { level }
      college @skip(if: false)
    } }`;
  const phone = refusal(['student', 'phone'], 'SENSITIVE_IDENTITY', 'FG02', 'FIN_CLERK');

  expect(await college.request('FIN_CLERK', query, { variables: { marks: false } })).toEqual({
    data: { student: { name: 'Li Lei', college: 'CS' } },
  });
  expect(await college.request('FIN_CLERK', query, { variables: { marks: true } })).toEqual({
    data: { student: { name: 'Li Lei', grades: null, college: 'CS' } },
    errors: [grades('student', 'grades')],
  });
  expect(
    await college.request('FIN_CLERK', query, { variables: { marks: true, hide: false } }),
  ).toEqual({
    data: {
      student: {
        name: 'Li Lei',
        grades: null,
        phone: null,
        credit: { score: null },
        college: 'CS',
      },
    },
    errors: [grades('student', 'grades'), phone, score('student', 'credit', 'score')],
  });
  expect(college.called()).toEqual(['archive']);
});

test('an object is there even when nothing that is left of it is included', async () => {
  const query = `query($named: Boolean!) {
    student(studentNo: "1") { name @include(if: $named) grades { course } } }`;

  expect(await college.request('FIN_CLERK', query, { variables: { named: false } })).toEqual({
    data: { student: { grades: null } },
    errors: [grades('student', 'grades')],
  });
});

test('a refused field that cannot be null counts only when it is included', async () => {
  const query = `query($all: Boolean!) {
    ruleCount
    operationCount @include(if: $all)
    student(studentNo: "1") { supervisor { post staffNo @include(if: $all) } }
  }`;
  const staffNo = refusal(
    ['student', 'supervisor', 'staffNo'],
    'STAFF_IDENTITY',
    'FG43',
    'FIN_CLERK',
  );

  expect(await college.request('FIN_CLERK', query, { variables: { all: false } })).toEqual({
    data: { ruleCount: 7, student: { supervisor: { post: 'counsellor' } } },
  });
  expect(await college.request('FIN_CLERK', query, { variables: { all: true } })).toEqual({
    data: null,
    errors: [refusal(['operationCount'], 'OPERATION_LOG', 'FG28', 'FIN_CLERK'), staffNo],
  });
  expect(college.calls).toEqual([]);
});

test('lists of lists keep their shape', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    '{ student(studentNo: "1") { loop { level kind } deep: loop { level } } }',
  );

  expect(answer).toEqual({
    data: {
      student: {
        loop: [
          [{ level: null, kind: 'commitment' }],
          [
            { level: null, kind: 'grade' },
            { level: null, kind: 'repair' },
          ],
        ],
        deep: [[{ level: null }], [{ level: null }, { level: null }]],
      },
    },
    errors: [
      score('student', 'loop', 0, 0, 'level'),
      score('student', 'loop', 1, 0, 'level'),
      score('student', 'loop', 1, 1, 'level'),
      score('student', 'deep', 0, 0, 'level'),
      score('student', 'deep', 1, 0, 'level'),
      score('student', 'deep', 1, 1, 'level'),
    ],
  });
});

test('of several operations only the named one is filtered, sent and answered', async () => {
  const query = `
    query Marks($no: ID!) { student(studentNo: $no) { grades { course } } }
    query Bills($no: ID!, $unused: Boolean = true) {
      student(studentNo: $no) { name grades @include(if: $unused) { course } } }`;
  const question = (operationName: string) => ({ variables: { no: '1' }, operationName });

  expect(await college.request('FIN_CLERK', query, question('Bills'))).toEqual({
    data: { student: { name: 'Li Lei', grades: null } },
    errors: [grades('student', 'grades')],
  });
  expect(await college.request('FIN_CLERK', query, question('Marks'))).toEqual({
    data: { student: { grades: null } },
    errors: [grades('student', 'grades')],
  });
  expect(await college.request('STU_SELF', query, question('Marks'))).toEqual({
    data: { student: { grades: [{ course: 'Algebra' }] } },
  });
});

test('__typename and introspection are untouched beside refused fields', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    `{ __typename
       __schema { queryType { ...Named } }
       student(studentNo: "1") { __typename kind: __typename grades { __typename } }
       timeline { __typename note }
       __type(name: "Grade") { ...Named fields { name } } }
     fragment Named on __Type { name __typename }`,
  );

  expect(answer).toEqual({
    data: {
      __typename: 'Query',
      __schema: { queryType: { name: 'Query', __typename: '__Type' } },
      student: { __typename: 'Student', kind: 'Student', grades: null },
      timeline: [
        { __typename: 'GradeFact', note: null },
        { __typename: 'BillFact', note: 'unpaid' },
      ],
      __type: {
        name: 'Grade',
        __typename: '__Type',
        fields: [{ name: 'course' }, { name: 'student' }],
      },
    },
    errors: [grades('student', 'grades'), grades('timeline', 0, 'note')],
  });
});

test('a refused mutation is not executed, the others run in order', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    `mutation { a: proposeDeferral(id: "1") { state }
                b: approveDeferral(id: "1") { state }
                c: offerCommitment(text: "fees") { text }
                d: proposeDeferral(id: "2") { state } }`,
  );

  expect(answer).toEqual({
    data: {
      a: { state: 'PROPOSED' },
      b: null,
      c: { text: 'fees' },
      d: { state: 'PROPOSED' },
    },
    errors: [
      refusal(['b'], 'deferral.approve', 'T-01; 3.8', 'FIN_CLERK', {
        code: 'FORBIDDEN_ACTION',
        rule: 'FIN_CLERK.deferral.approve',
      }),
    ],
  });
  expect(college.done).toEqual(['propose 1', 'offer fees', 'propose 2']);
});

test('a refused mutation that cannot be null leaves no data, and then nothing is done', async () => {
  const query = `mutation($publish: Boolean!) {
    proposeDeferral(id: "1") { state }
    publishNotice(text: "now") @include(if: $publish) }`;

  expect(await college.request('FIN_CLERK', query, { variables: { publish: true } })).toEqual({
    data: null,
    errors: [
      refusal(['publishNotice'], 'notice.publish', 'L-10; 3.6', 'FIN_CLERK', {
        code: 'FORBIDDEN_ACTION',
        rule: 'FIN_CLERK.notice.publish',
      }),
    ],
  });
  expect(college.done).toEqual([]);
  expect(await college.request('FIN_CLERK', query, { variables: { publish: false } })).toEqual({
    data: { proposeDeferral: { state: 'PROPOSED' } },
  });
});

test('an action that is open is done, even when nothing of its payload may be read', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    'mutation { offerCommitment(text: "fees") { text score } }',
  );

  expect(answer).toEqual({
    data: { offerCommitment: null },
    errors: [score('offerCommitment', 'score')],
  });
  expect(college.done).toEqual(['offer fees']);
});

test('an action is done also where its payload goes without saying', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    'mutation { reportBreach(text: "x") { score } }',
  );

  expect(answer).toEqual({
    data: { reportBreach: { score: null } },
    errors: [score('reportBreach', 'score')],
  });
  expect(college.done).toEqual(['report x']);
});

test('the gateway inside gets one operation, what it uses, and a hash of its own', async () => {
  const query = `
    query Other { ruleCount }
    query Mine($no: ID!, $deep: Boolean!, $marks: Boolean = true) {
      student(studentNo: $no) {
        ... @include(if: $deep) { ...Part }
        name @skip(if: $deep)
        grades @include(if: $marks) { course } } }
    fragment Part on Student { college @include(if: $deep) @skip(if: $marks) phone }`;
  const variables = { no: '1', deep: true, marks: false };
  await college.request('FIN_CLERK', query, { variables, operationName: 'Mine' });

  const [first] = college.passedOn;
  expect(first?.source).toBe(
    `query Mine($no: ID!, $deep: Boolean!, $marks: Boolean = true) {
  student(studentNo: $no) {
    college @include(if: $deep) @skip(if: $marks)
    name @skip(if: $deep)
    __typename
  }
}`,
  );
  expect(first?.request).toEqual({
    query: first?.source,
    operationName: 'Mine',
    variables: { no: '1', deep: true, marks: false },
  });

  await college.request('PUBLIC', query.replace('query Other', 'query Other2'), {
    variables,
    operationName: 'Mine',
  });
  expect(college.passedOn).toEqual([]);

  await college.request('EV_AWARD', query, { variables, operationName: 'Mine' });
  const [second] = college.passedOn;
  expect(second?.source).toBe(first?.source);
  expect(second?.queryHash).toBe(first?.queryHash);

  await college.request('AUDITOR', query.replace('phone', 'name'), {
    variables,
    operationName: 'Mine',
  });
  const [third] = college.passedOn;
  expect(third?.queryHash).not.toBe(first?.queryHash);
  expect(third?.request.variables).toEqual({ no: '1', deep: true, marks: false });
});

test('variables that nothing uses any more are not passed on', async () => {
  const query = `query($no: ID!, $version: String) {
    caseDossier(studentNo: $no) { caseId } indicators(version: $version) { code } }`;
  const answer = await college.request('FIN_CLERK', query, {
    variables: { no: '1', version: '2' },
  });

  expect(answer).toEqual({
    data: { caseDossier: null, indicators: [{ code: 'D1-01' }] },
    errors: [refusal(['caseDossier'], 'CASES', 'FG38', 'FIN_CLERK')],
  });
  expect(college.passedOn.map(({ source }) => source)).toEqual([
    'query ($version: String) {\n  indicators(version: $version) {\n    code\n  }\n}',
  ]);
  expect(college.passedOn[0]?.request.variables).toEqual({ version: '2' });
});

test('an operation of which nothing is refused is passed on as it is', async () => {
  const query = '{ student(studentNo: "1") { name } }';
  await college.request('FIN_CLERK', query);

  expect(college.passedOn.map(({ source }) => source)).toEqual([query]);
});

test('a role never gets the plan of another: same document, both orders', async () => {
  const query = '{ student(studentNo: "2") { name grades { course } arrears { category } } }';
  const clerk = {
    data: { student: { name: 'Han Mei', grades: null, arrears: [{ category: 'UNEXPLAINED' }] } },
    errors: [grades('student', 'grades')],
  };
  const self = {
    data: {
      student: {
        name: 'Han Mei',
        grades: [{ course: 'Algebra' }],
        arrears: [{ category: 'UNEXPLAINED' }],
      },
    },
  };

  expect(await college.request('FIN_CLERK', query)).toEqual(clerk);
  expect(await college.request('STU_SELF', query)).toEqual(self);
  expect(await college.request('FIN_CLERK', query)).toEqual(clerk);

  const other = await startCollege();
  expect(await other.request('STU_SELF', query)).toEqual(self);
  expect(await other.request('FIN_CLERK', query)).toEqual(clerk);
  expect(await other.request('STU_SELF', query)).toEqual(self);
  await other.stop();
});

test('the offices learn which groups were selected and which were denied at the gateway (DOMAIN 3.7(11))', async () => {
  const query = `query($marks: Boolean!) {
    student(studentNo: "1") {
      name arrears { category } supervisor { post staffNo } credit { score grade }
      grades @include(if: $marks) { course }
    } me { person } }`;

  await college.request('FIN_CLERK', query, { variables: { marks: true } });
  for (const { identity } of college.calls)
    expect([identity.groups, identity.deniedAtGateway]).toEqual([
      ['IDENTITY', 'TUITION'],
      ['STAFF_IDENTITY', 'CREDIT_SCORE', 'CREDIT_GRADE', 'GRADES'],
    ]);
  expect(college.called()).toEqual(['archive', 'finance']);

  await college.request('FIN_CLERK', query, { variables: { marks: false } });
  expect(college.calls[0]?.identity.deniedAtGateway).toEqual([
    'STAFF_IDENTITY',
    'CREDIT_SCORE',
    'CREDIT_GRADE',
  ]);

  await college.request('STU_SELF', query, { variables: { marks: true } });
  expect([college.calls[0]?.identity.groups, college.calls[0]?.identity.deniedAtGateway]).toEqual([
    ['IDENTITY', 'TUITION', 'CREDIT_SCORE', 'CREDIT_GRADE', 'GRADES'],
    ['STAFF_IDENTITY'],
  ]);
});

test('groups of what is not forwarded in the end are not named as selected', async () => {
  await college.request(
    'FIN_CLERK',
    '{ student(studentNo: "1") { name arrears { category recordedBy } } }',
  );
  expect([college.identity()?.groups, college.identity()?.deniedAtGateway]).toEqual([
    ['IDENTITY'],
    ['STAFF_IDENTITY'],
  ]);

  await college.request(
    'FIN_CLERK',
    'query($all: Boolean = true) { ruleCount operationCount @include(if: $all) }',
  );
  expect([college.identity()?.groups, college.identity()?.deniedAtGateway]).toEqual([
    [],
    ['OPERATION_LOG'],
  ]);
  expect(college.calls).toEqual([]);
});

test('actions and logins are no groups', async () => {
  await college.request('FIN_CLERK', 'mutation { proposeDeferral(id: "1") { state } }');
  expect([college.calls[0]?.identity.groups, college.calls[0]?.identity.deniedAtGateway]).toEqual([
    ['TUITION'],
    [],
  ]);
});

test('errors of an office keep their places, and refusals follow', async () => {
  const path = ['student', 'name'];
  college.instead.set('archive', async () => ({
    data: { student: null },
    errors: [{ message: 'No such student.', path, extensions: { code: 'NOT_FOUND' } }],
  }));

  expect(
    await college.request('FIN_CLERK', '{ student(studentNo: "1") { name grades { course } } }'),
  ).toEqual({
    data: { student: null },
    errors: [
      {
        message: 'No such student.',
        path,
        extensions: { code: 'NOT_FOUND', serviceName: 'archive' },
      },
      grades('student', 'grades'),
    ],
  });
});

test('when what is left comes back as no data at all, the answer is no data', async () => {
  college.instead.set('archive', async () => ({
    data: null,
    errors: [{ message: 'Broken.', path: ['ruleCount'], extensions: { code: 'VALIDATION' } }],
  }));

  expect(
    await college.request(
      'FIN_CLERK',
      '{ ruleCount student(studentNo: "1") { grades { course } } }',
    ),
  ).toEqual({
    data: null,
    errors: [
      {
        message: 'Broken.',
        path: ['ruleCount'],
        extensions: { code: 'VALIDATION', serviceName: 'archive' },
      },
      grades('student', 'grades'),
    ],
  });
});

test('wrong variables are an error of the request, also where they guard refused fields only', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    'query($no: ID!, $marks: Boolean!) { student(studentNo: $no) { grades @include(if: $marks) { course } } }',
    { variables: { no: '1' } },
  );

  expect(answer).toEqual({
    errors: [
      {
        message: 'Variable "$marks" of required type "Boolean!" was not provided.',
        locations: [{ line: 1, column: 17 }],
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ],
  });
  expect(college.calls).toEqual([]);
});

test('fragments that multiply without end are refused before they are unfolded', async () => {
  const levels = Array.from({ length: 12 }, (_, level) => {
    const next = level < 11 ? `...F${level + 1}` : 'name';
    const grades = (key: string) => `${key}: grades { student { ${next} } }`;
    return `fragment F${level} on Student { ${grades('a')} ${grades('b')} ${grades('c')} }`;
  });
  const query = `{ student(studentNo: "1") { ...F0 } } ${levels.join(' ')}`;

  const answer = await college.request('STU_SELF', query);

  expect(answer.data).toBeUndefined();
  expect(answer.errors?.map(({ extensions }) => extensions?.['code'])).toEqual([
    'QUERY_TOO_COSTLY',
  ]);
  expect(college.calls).toEqual([]);
});

test('fragments that only repeat themselves cost nothing', async () => {
  const levels = Array.from({ length: 40 }, (_, level) =>
    level < 39
      ? `fragment F${level} on Student { ...F${level + 1} ...F${level + 1} }`
      : `fragment F${level} on Student { name phone }`,
  );

  expect(
    await college.request('FIN_CLERK', `{ student(studentNo: "1") { ...F0 } } ${levels.join(' ')}`),
  ).toEqual({
    data: { student: { name: 'Li Lei', phone: null } },
    errors: [refusal(['student', 'phone'], 'SENSITIVE_IDENTITY', 'FG02', 'FIN_CLERK')],
  });
});
