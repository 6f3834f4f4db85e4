import type { Role } from '@chengxin/kit/privacy/roles';

/** What each kind of user may try first. */
interface Example {
  /** zh-CN with English beside it. */
  readonly title: string;
  /** Roles for which it is meant, none being all; nobody is kept from trying it in another one. */
  readonly roles: readonly Role[];
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export const EXAMPLES: readonly Example[] = [
  {
    title: '本人记录与欠费 Own record with arrears',
    roles: ['STU_SELF'],
    query: `query OwnRecord {
  me {
    person { id name }
    student {
      studentNo
      name
      college
      classCode
      enrolmentStatus
      arrears { billNo outstandingFen daysOverdue category }
      bills { billNo academicYear item amountFen dueOn }
    }
  }
}
`,
  },
  {
    title: '所带班级的学生 A student of one’s class',
    roles: ['COUNSELLOR'],
    query: `query StudentOfMyClass($studentNo: ID!) {
  student(studentNo: $studentNo) {
    studentNo
    name
    classCode
    enrolmentStatus
    phoneMasked
  }
}
`,
    variables: { studentNo: '2024010317' },
  },
  {
    title: '本院学生名单 Students of one’s college',
    roles: ['COLLEGE_ADMIN', 'SCHOOL_ADMIN'],
    query: `query Students($cohort: Int!) {
  students(first: 20, filter: { cohort: $cohort }, order: CLASS) {
    nodes { studentNo name classCode majorCode enrolmentStatus }
    pageInfo { hasNextPage endCursor }
  }
}
`,
    variables: { cohort: 2024 },
  },
  {
    title: '欠费名单 Arrears',
    roles: ['FIN_CLERK', 'FIN_REVIEWER'],
    query: `query Arrears {
  arrearsList(first: 20, order: DUE_ON) {
    nodes {
      billNo
      outstandingFen
      daysOverdue
      category
      student { studentNo name college }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  },
  {
    title: '无权查看的字段 A field that one may not see',
    roles: ['FIN_CLERK', 'FIN_REVIEWER'],
    query: `query Refused($studentNo: ID!) {
  student(studentNo: $studentNo) {
    name
    idNumber
    arrears { outstandingFen category }
  }
}
`,
    variables: { studentNo: '2025020415' },
  },
  {
    title: '评审中的学生 Students of one’s case',
    roles: ['EV_AWARD', 'EV_PARTY', 'EV_AID', 'EV_EMPLOY'],
    query: `query StudentsOfMyCase {
  students(first: 20) {
    nodes { studentNo name college classCode cohort }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  },
  {
    title: '授权审计 Audit of grants',
    roles: ['AUDITOR'],
    query: `query Grants {
  grants(first: 20) {
    nodes { staffNo role orgCode state grantedBy validFrom validTo }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  },
  {
    title: '我是谁 Who am I?',
    roles: [],
    query: `query WhoAmI {
  me {
    person { id name }
    roles { role orgCodes }
  }
}
`,
  },
];

/** The cases and the audit that the demo college opens, by the role that needs them. */
export const DEMO_REFERENCES: Readonly<
  Partial<Record<Role, { case?: string; reference?: string }>>
> = {
  EV_AWARD: { case: 'EC-DEMO-AWARD' },
  EV_PARTY: { case: 'EC-DEMO-PARTY' },
  EV_AID: { case: 'EC-DEMO-AID' },
  EV_EMPLOY: { case: 'EC-DEMO-EMPLOY' },
  AUDITOR: { reference: 'AU-DEMO-1' },
};
