/** However a question is written, its fields are decided one by one (DOMAIN 3.7(2), (5), (15)). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bringReferences, STUDENT } from '../../support/callers.js';
import { startCollege, type TestCollege } from '../../support/college.js';
import { bringFacts } from '../../support/student-facts.js';
import { CLASSMATE, STRANGER, STUDENTS } from '../allowed.js';
import { inPart, masked, notFound, refused, send, type Attempt } from './attempts.js';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
  await bringFacts(college, STUDENTS);
});
afterAll(() => college.stop());

const one = (selection: string, studentNo = STUDENT) =>
  `{ student(studentNo: "${studentNo}") { ${selection} } }`;
const PHONE = 'SENSITIVE_IDENTITY';
const ARREARS = [{ category: 'NONE' }, { category: 'UNEXPLAINED' }];

const ATTEMPTS: Readonly<Record<string, Attempt>> = {
  'an alias': {
    as: 'COUNSELLOR',
    query: one('name: phone title: name'),
    answer: {
      data: { student: { name: null, title: '李思源' } },
      errors: [masked('COUNSELLOR', PHONE, 'student.name')],
    },
  },
  'an alias that another field has for a name': {
    as: 'FIN_CLERK',
    query: one('arrears { category } grades: bills { item } bills: grades { courseName }'),
    answer: {
      data: {
        student: {
          arrears: ARREARS.map(({ category }) => ({
            category: category === 'NONE' ? 'CLEARED' : category,
          })),
          grades: [{ item: 'TUITION' }, { item: 'TUITION' }],
          bills: null,
        },
      },
      errors: [refused('FIN_CLERK', 'GRADES', 'student.bills')],
    },
  },
  'an alias at the root': {
    as: 'AAO_CLERK',
    query: '{ courseGrades: bills { nodes { billNo } } }',
    answer: {
      data: { courseGrades: null },
      errors: [refused('AAO_CLERK', 'TUITION', 'courseGrades')],
    },
  },
  'a named fragment': {
    as: 'COUNSELLOR',
    query: `${one('...Whole')} fragment Whole on Student { name address }`,
    answer: {
      data: { student: { name: '李思源', address: null } },
      errors: [masked('COUNSELLOR', PHONE, 'student.address')],
    },
  },
  'a fragment in a fragment in a fragment': {
    as: 'CYL_CLERK',
    query: `${one('...A')} fragment A on Student { ...B } fragment B on Student { ... { ...C } }
      fragment C on Student { cadrePosts { ...D } grades { id } }
      fragment D on CadrePost { post recordedBy }`,
    answer: {
      data: { student: { cadrePosts: [{ post: 'post-1', recordedBy: null }], grades: null } },
      errors: [
        refused('CYL_CLERK', 'STAFF_IDENTITY', 'student.cadrePosts.0.recordedBy'),
        refused('CYL_CLERK', 'GRADES', 'student.grades'),
      ],
    },
  },
  'the same fragment on what is open and on what is not': {
    as: 'SEC_CLERK',
    query: `{ a: student(studentNo: "${STUDENT}") { ...F } b: lawViolations(first: 1) { nodes { student { ...F } } } }
      fragment F on Student { name phoneBills { month } }`,
    answer: {
      data: {
        a: { name: '李思源', phoneBills: null },
        b: { nodes: [{ student: { name: '赵文博', phoneBills: null } }] },
      },
      errors: [
        refused('SEC_CLERK', 'PHONE_BILLS', 'a.phoneBills'),
        refused('SEC_CLERK', 'PHONE_BILLS', 'b.nodes.0.student.phoneBills'),
      ],
    },
  },
  'an inline fragment without a type': {
    as: 'EV_AWARD',
    query: one('... { ... { idNumber } } name'),
    answer: {
      data: { student: { idNumber: null, name: '李思源' } },
      errors: [refused('EV_AWARD', PHONE, 'student.idNumber')],
    },
  },
  'an inline fragment on the query itself': {
    as: 'EV_AWARD',
    query: `{ ... on Query { ... on Query { student(studentNo: "${STUDENT}") { sex } } } }`,
    answer: {
      data: { student: { sex: null } },
      errors: [refused('EV_AWARD', PHONE, 'student.sex')],
    },
  },
  'an inclusion that a variable decides': {
    as: 'COUNSELLOR',
    query: `query ($yes: Boolean!, $no: Boolean!) { student(studentNo: "${STUDENT}") {
      name phone @include(if: $yes) email @skip(if: $no) address @include(if: $no) } }`,
    variables: { yes: true, no: false },
    answer: {
      data: { student: { name: '李思源', phone: null, email: null } },
      errors: [
        masked('COUNSELLOR', PHONE, 'student.phone'),
        masked('COUNSELLOR', PHONE, 'student.email'),
      ],
    },
  },
  'a variable that both includes and skips': {
    as: 'FIN_CLERK',
    query: `query ($x: Boolean!) { student(studentNo: "${STUDENT}") {
      name ... @include(if: $x) { grades @skip(if: $x) { id } } sex @include(if: $x) @skip(if: $x) } }`,
    variables: { x: true },
    answer: { data: { student: { name: '李思源' } } },
  },
  'a default of a variable': {
    as: 'FIN_CLERK',
    query: `query ($no: ID! = "${STUDENT}", $x: Boolean! = true) {
      student(studentNo: $no) { grades @include(if: $x) { id } } }`,
    answer: {
      data: { student: { grades: null } },
      errors: [refused('FIN_CLERK', 'GRADES', 'student.grades')],
    },
  },
  'the type of what may not be seen': {
    as: 'FIN_CLERK',
    query: one('__typename grades { __typename } lawViolations { __typename }'),
    answer: {
      data: { student: { __typename: 'Student', grades: null, lawViolations: null } },
      errors: [
        refused('FIN_CLERK', 'GRADES', 'student.grades'),
        refused('FIN_CLERK', 'LAW_VIOLATIONS', 'student.lawViolations'),
      ],
    },
  },
  'the way back to the student, from what is open': {
    as: 'SCHOOL_ADMIN',
    query: one('arrears { category student { name grades { courseName } phoneBills { month } } }'),
    answer: {
      data: {
        student: {
          arrears: ['CLEARED', 'UNEXPLAINED'].map((category) => ({
            category,
            student: { name: '李思源', grades: [{ courseName: 'courseName-1' }], phoneBills: null },
          })),
        },
      },
      errors: [0, 1].map((i) =>
        refused('SCHOOL_ADMIN', 'PHONE_BILLS', `student.arrears.${i}.student.phoneBills`),
      ),
    },
  },
  'the way back, where the way itself is shut': {
    as: 'COUNSELLOR',
    query: one('arrears { student { grades { courseName } } }'),
    answer: {
      data: { student: { arrears: [{ student: null }, { student: null }] } },
      errors: [0, 1].map((i) => masked('COUNSELLOR', 'TUITION', `student.arrears.${i}.student`)),
    },
  },
  'the way back and back again, from a list of the own office': {
    as: 'FIN_CLERK',
    query: `{ bills(first: 1) { nodes { student { bills { student { grades { id } phone
      arrears { category outstandingFen } } } } } } }`,
    answer: {
      data: { bills: { nodes: [{ student: { bills: null } }] } },
      errors: [refused('FIN_CLERK', 'TUITION', 'bills.nodes.0.student.bills')],
    },
  },
  'me, for one who is no student': {
    as: 'COUNSELLOR',
    query: '{ me { student { name grades { id } } } }',
    answer: { data: { me: { student: null } } },
  },
  'me, in a role that sees no student': {
    as: 'STU_OTHER',
    query: '{ me { student { name } person { id } } }',
    answer: {
      data: { me: { student: null, person: { id: CLASSMATE } } },
      errors: [notFound('me', 'student'), refused('STU_OTHER', 'IDENTITY', 'me.student.name')],
    },
  },
  'own and foreign students in one question': {
    as: 'COUNSELLOR',
    query: `{ own: student(studentNo: "${STUDENT}") { name grades { courseName } }
      foreign: student(studentNo: "${STRANGER}") { name grades { courseName } }
      nobody: student(studentNo: "2099999999") { name grades { courseName } }
      again: student(studentNo: "${CLASSMATE}") { name } }`,
    answer: {
      data: {
        own: { name: '李思源', grades: [{ courseName: 'courseName-1' }] },
        foreign: null,
        nobody: null,
        again: { name: '张明远' },
      },
      errors: [notFound('foreign'), notFound('nobody')],
    },
  },
  'another student beside himself': {
    as: 'STU_SELF',
    query: `{ own: me { student { phoneBills { msisdnTail4 } } }
      other: student(studentNo: "${CLASSMATE}") { name phoneBills { msisdnTail4 } } }`,
    answer: {
      data: { own: { student: { phoneBills: [{ msisdnTail4: '7651' }] } }, other: null },
      errors: [notFound('other')],
    },
  },
  'a case that lists one student, for another of the class': {
    as: 'EV_AWARD',
    query: one('name cadrePosts { post }', CLASSMATE),
    answer: { data: { student: null }, errors: [notFound('student')] },
  },
  'one key selected twice, open and shut': {
    as: 'COUNSELLOR',
    query: one('credit { grade } credit { score } credit { grade score scoreMasked }'),
    answer: {
      data: { student: { credit: { grade: 'A', score: null, scoreMasked: '100-104.99' } } },
      errors: [masked('COUNSELLOR', 'CREDIT_SCORE', 'student.credit.score')],
      ...inPart('COUNSELLOR', 'CREDIT_SCORE', 'BAND', 'student.credit.scoreMasked'),
    },
  },
  'one key with two arguments': {
    as: 'COUNSELLOR',
    query: `{ student(studentNo: "${STUDENT}") { name } student(studentNo: "${STRANGER}") { name } }`,
    answer: {
      errors: [
        {
          message:
            'Fields "student" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.',
          extensions: { code: 'VALIDATION' },
        },
      ],
    },
  },
  'response keys of the language below the program': {
    as: 'COUNSELLOR',
    query: one(`__proto__: name constructor: phone toString: grades { __proto__: courseName }
      hasOwnProperty: arrears { __proto__: category valueOf: outstandingFen }`),
    answer: {
      data: {
        student: {
          ...JSON.parse('{"__proto__":"李思源"}'),
          constructor: null,
          toString: [JSON.parse('{"__proto__":"courseName-1"}')],
          hasOwnProperty: [
            { ...JSON.parse('{"__proto__":"NONE"}'), valueOf: null },
            { ...JSON.parse('{"__proto__":"UNEXPLAINED"}'), valueOf: null },
          ],
        },
      },
      errors: [
        masked('COUNSELLOR', PHONE, 'student.constructor'),
        masked('COUNSELLOR', 'TUITION', 'student.hasOwnProperty.0.valueOf'),
        masked('COUNSELLOR', 'TUITION', 'student.hasOwnProperty.1.valueOf'),
      ],
      ...inPart('COUNSELLOR', 'TUITION', 'CATEGORY', 'student.hasOwnProperty.@.__proto__'),
    },
  },
  'an object under __proto__, whose fields are shut': {
    as: 'FIN_CLERK',
    query: one('name __proto__: grades { courseName } arrears { __proto__: student { sex } }'),
    answer: {
      data: {
        student: {
          ...JSON.parse('{"name":"李思源","__proto__":null}'),
          arrears: [1, 2].map(() => JSON.parse('{"__proto__":{"sex":null}}')),
        },
      },
      errors: [
        refused('FIN_CLERK', 'GRADES', 'student.__proto__'),
        refused('FIN_CLERK', PHONE, 'student.arrears.0.__proto__.sex'),
        refused('FIN_CLERK', PHONE, 'student.arrears.1.__proto__.sex'),
      ],
    },
  },
  'a twin of what is masked, and the masked thing': {
    as: 'COUNSELLOR',
    query: one('phone phoneMasked birthDate birthDateMasked idNumber idNumberMasked'),
    answer: {
      data: {
        student: {
          phone: null,
          phoneMasked: '*******1001',
          birthDate: null,
          birthDateMasked: null,
          idNumber: null,
          idNumberMasked: null,
        },
      },
      errors: ['phone', 'birthDate', 'birthDateMasked', 'idNumber', 'idNumberMasked'].map((field) =>
        masked('COUNSELLOR', PHONE, `student.${field}`),
      ),
      ...inPart('COUNSELLOR', PHONE, 'LAST4', 'student.phoneMasked'),
    },
  },
  'many objects of which only their number could be read': {
    as: 'EV_AID',
    query: one('cardOverdrafts { __typename } phoneBills { __typename } bills { __typename }'),
    answer: {
      data: { student: { cardOverdrafts: null, phoneBills: null, bills: null } },
      errors: [
        refused('EV_AID', 'CARD_OVERDRAFTS', 'student.cardOverdrafts'),
        refused('EV_AID', 'PHONE_BILLS', 'student.phoneBills'),
        refused('EV_AID', 'TUITION', 'student.bills'),
      ],
    },
  },
  'a flag in the place of a list': {
    as: 'COLLEGE_ADMIN',
    query: one('lawViolations { category actOn docNo state materials { digest } }'),
    answer: {
      data: {
        student: {
          lawViolations: [
            { category: 'HAS_RECORD', actOn: null, docNo: null, state: null, materials: null },
          ],
        },
      },
      errors: ['actOn', 'docNo', 'state', 'materials'].map((field) =>
        masked('COLLEGE_ADMIN', 'LAW_VIOLATIONS', `student.lawViolations.0.${field}`),
      ),
      ...inPart('COLLEGE_ADMIN', 'LAW_VIOLATIONS', 'FLAG', 'student.lawViolations.@.category'),
    },
  },
  'pending and closed facts by the entrance that is open': {
    as: 'STU_SELF',
    query: one(`lawViolations { state } examViolations { state } misconductCases { stage }
      conductRecords { state } `),
    answer: {
      data: {
        student: {
          lawViolations: [{ state: 'FOUND' }],
          examViolations: [{ state: 'FOUND' }],
          misconductCases: [{ stage: 'FINAL' }],
          conductRecords: [1, 2, 3, 4].map(() => ({ state: 'ACTIVE' })),
        },
      },
    },
  },
  'third-party records by the entrance of conduct': {
    as: 'SCHOOL_ADMIN',
    query: one('conductRecords { indicatorCode } closedConductRecords { state }'),
    answer: {
      data: {
        student: {
          conductRecords: ['D5-01', 'D2-01', 'D3-06'].map((indicatorCode) => ({ indicatorCode })),
          closedConductRecords: null,
        },
      },
      errors: [refused('SCHOOL_ADMIN', 'CLOSED_CONDUCT', 'student.closedConductRecords')],
    },
  },
  'a third party’s consent, by who may see those of model cases': {
    as: 'SCHOOL_ADMIN',
    query: one('consents { purpose state }'),
    answer: { data: { student: { consents: [] } } },
  },
  'loan rows, whether there are any or not': {
    as: 'FIN_CLERK',
    query: `{ a: student(studentNo: "${STUDENT}") { loanPerformance { state } }
      b: student(studentNo: "2024010322") { loanPerformance { state } } }`,
    answer: {
      data: { a: { loanPerformance: null }, b: { loanPerformance: null } },
      errors: ['a', 'b'].map((key) => ({
        ...refused('FIN_CLERK', 'LOAN_PERFORMANCE', `${key}.loanPerformance`),
        message: expect.stringMatching('consent'),
        extensions: {
          code: 'CONSENT_REQUIRED',
          group: 'LOAN_PERFORMANCE',
          clause: 'FG42',
          rule: 'FIN_CLERK.FG42',
        },
      })),
    },
  },
  'a provider at the entrance of students': {
    as: 'TPC_INST',
    query: one('name studentNo cardOverdrafts { overdueFen }'),
    answer: {
      data: { student: null },
      errors: [notFound('student')],
    },
  },
  'a provider who selects whose the row is': {
    as: 'TPC_INST',
    query: '{ consentRows(consentId: "CS-B-1") { cardOverdrafts { cardTail4 studentNo } } }',
    answer: {
      data: { consentRows: { cardOverdrafts: [{ cardTail4: '4321', studentNo: null }] } },
      errors: [
        {
          ...masked('TPC_INST', 'CARD_OVERDRAFTS', ''),
          path: ['consentRows', 'cardOverdrafts', 0, 'studentNo'],
        },
      ],
    },
  },
  'rows of another provider, under its consent': {
    as: 'TPC_INST',
    query: '{ consentRows(consentId: "CS-T-1") { phoneBills { month } } }',
    answer: { data: { consentRows: null }, errors: [notFound('consentRows')] },
  },
};

test.each(Object.entries(ATTEMPTS))('%s shows nothing that the tables shut', async (_, attempt) => {
  expect(await send(college, attempt)).toEqual(attempt.answer);
  expect(Object.keys(Object.prototype)).toEqual([]);
});
