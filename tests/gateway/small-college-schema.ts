import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

/** What every office of the small college links. */
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12",
  import: ["@key", "@shareable", "@inaccessible", "@external", "@requires", "@policy"])`;

const ARCHIVE = `${LINK}
  type Query {
    me: Me @policy(policies: [["AUTHENTICATED"]])
    student(studentNo: ID!): Student @policy(policies: [["IDENTITY"]])
    students(first: Int): StudentPage @policy(policies: [["IDENTITY"]])
    caseDossier(studentNo: ID!): CaseDossier @policy(policies: [["CASES"]])
    indicators(version: String): [Indicator!]! @policy(policies: [["RULES"]])
    ruleCount: Int! @policy(policies: [["RULES"]])
    operationCount: Int! @policy(policies: [["OPERATION_LOG"]])
    timeline: [Fact]! @policy(policies: [["RULES"]])
    found: [Found!] @policy(policies: [["RULES"]])
    subjects: [Subject!]! @policy(policies: [["RULES"]])
  }
  type Mutation {
    offerCommitment(text: String): Commitment @policy(policies: [["commitment.offer"]])
    publishNotice(text: String): Boolean! @policy(policies: [["notice.publish"]])
    reportBreach(text: String): Breach! @policy(policies: [["breach.report"]])
  }
  type Commitment {
    text: String @policy(policies: [["COMMITMENTS"]])
    score: Int! @policy(policies: [["CREDIT_SCORE"]])
  }
  type Breach { score: Int @policy(policies: [["CREDIT_SCORE"]]) }
  type Me { person: String @policy(policies: [["AUTHENTICATED"]])
            student: Student @policy(policies: [["AUTHENTICATED"]]) }
  type StudentPage { nodes: [Student!]! pageInfo: PageInfo! total: Int }
  type PageInfo { hasNextPage: Boolean! }
  type CaseDossier { caseId: ID! @policy(policies: [["CASES"]])
                     students: [Student!] @policy(policies: [["CASES"]]) }
  type Indicator { code: String! @policy(policies: [["RULES"]])
                   weight: Int @policy(policies: [["RULES"]]) }
  type Student implements Subject @key(fields: "studentNo") {
    studentNo: ID!
    access: String @inaccessible
    name: String! @policy(policies: [["IDENTITY"]])
    college: String @policy(policies: [["IDENTITY"]])
    phone: String @policy(policies: [["SENSITIVE_IDENTITY"]])
    credit: Credit! @policy(policies: [["IDENTITY"]])
    loop: [[Link!]]! @policy(policies: [["IDENTITY"]])
    supervisor: Supervisor @policy(policies: [["IDENTITY"]])
    mentors: [Supervisor] @policy(policies: [["IDENTITY"]])
    records: [Entry!] @policy(policies: [["IDENTITY"]])
  }
  type Staff implements Subject @key(fields: "staffNo") {
    staffNo: ID!
    name: String! @policy(policies: [["STAFF_IDENTITY"]])
    records: [Entry!] @policy(policies: [["RULES"]])
  }
  type Credit {
    grade: String @policy(policies: [["CREDIT_GRADE"]])
    score: Int @policy(policies: [["CREDIT_SCORE"]])
  }
  type Link { kind: String! @policy(policies: [["IDENTITY"]])
              level: Int @policy(policies: [["CREDIT_SCORE"]]) }
  type Supervisor { post: String @policy(policies: [["IDENTITY"]])
                    staffNo: ID! @policy(policies: [["STAFF_IDENTITY"]]) }
  type Entry { text: String @policy(policies: [["RULES"]])
               origin: String @policy(policies: [["CREDIT_SCORE"], ["BAD_CONDUCT"]]) }
  interface Subject { name: String! records: [Entry!] }
  interface Fact { on: String note: String }
  interface Sourced { source: String }
  type GradeFact implements Fact & Sourced {
    source: String @policy(policies: [["RULES"]])
    on: String @policy(policies: [["RULES"]])
    note: String @policy(policies: [["GRADES"]])
    term: String @policy(policies: [["RULES"]])
  }
  type BillFact implements Fact & Sourced {
    source: String @policy(policies: [["RULES"]])
    on: String @policy(policies: [["RULES"]])
    note: String @policy(policies: [["TUITION"]])
  }
  type LawFact implements Fact & Sourced {
    source: String @policy(policies: [["RULES"]])
    on: String @policy(policies: [["RULES"]])
    note: String! @policy(policies: [["LAW_VIOLATIONS"]])
  }
  union Found = Staff | BillFact`;

const FINANCE = `${LINK}
  type Query { arrearsList: ArrearsPage @policy(policies: [["TUITION"]]) }
  type Mutation {
    proposeDeferral(id: ID!): Deferral @policy(policies: [["deferral.propose"]])
    approveDeferral(id: ID!): Deferral @policy(policies: [["deferral.approve"]])
  }
  type ArrearsPage { nodes: [Arrears!]! }
  type Student @key(fields: "studentNo") {
    studentNo: ID!
    arrears: [Arrears!] @policy(policies: [["TUITION"]])
    account: Account @policy(policies: [["TUITION"]])
    balance: Money @policy(policies: [["TUITION"]])
  }
  type Arrears {
    category: String @policy(policies: [["TUITION"]])
    outstandingFen: Int @policy(policies: [["TUITION"]])
    daysOverdue: Int @policy(policies: [["TUITION"]])
    student: Student @policy(policies: [["TUITION"]])
    recordedBy: String! @policy(policies: [["TUITION", "STAFF_IDENTITY"]])
  }
  type Account { phone: String @policy(policies: [["PHONE_BILLS"]]) }
  type Money { fen: Int! currency: String! }
  type Deferral { state: String @policy(policies: [["TUITION"]]) }`;

const ACADEMICS = `${LINK}
  type Student @key(fields: "studentNo") {
    studentNo: ID!
    grades: [Grade!] @policy(policies: [["GRADES"]])
    summary: Summary @policy(policies: [["ACADEMIC_SUMMARY"]])
  }
  type Grade { course: String! @policy(policies: [["GRADES"]])
               student: Student @policy(policies: [["GRADES"]]) }
  type Summary { gpa: Float @policy(policies: [["ACADEMIC_SUMMARY"]]) }`;

const THIRDPARTY = `${LINK}
  type Student @key(fields: "studentNo") {
    studentNo: ID!
    phoneBills: [PhoneBill!] @policy(policies: [["PHONE_BILLS"]])
    loanPerformance: String @policy(policies: [["LOAN_PERFORMANCE"]])
  }
  type PhoneBill { amountFen: Int! @policy(policies: [["PHONE_BILLS"]]) }`;

export const OFFICES = {
  archive: ARCHIVE,
  finance: FINANCE,
  academics: ACADEMICS,
  thirdparty: THIRDPARTY,
};
export type Office = keyof typeof OFFICES;
export type Documents = Record<string, string>;

/** Composes offices as `npm run schema` does. */
export function compose(documents: Documents = OFFICES): string {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(documents).map(([name, sdl]) => ({
      name,
      url: `http://${name}`,
      typeDefs: parse(sdl),
    })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}
