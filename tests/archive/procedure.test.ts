/** Sanctions, appeals, repairs, notices, requests, submissions and model cases, as they are read. */
import type { Appeal } from '@chengxin/archive/appeal/appeal.entity';
import { readsText } from '@chengxin/archive/appeal/appeal.rules';
import { ownCase, ownFact } from '@chengxin/archive/appeal/appeal.predicates';
import { publishedAt } from '@chengxin/archive/procedure/model-case.predicates';
import { ownDomainNotices, ownMatterNotices } from '@chengxin/archive/notice/notice.predicates';
import { handedIn } from '@chengxin/archive/procedure/repair-application.predicates';
import { ownSanctions, sanctionInForce } from '@chengxin/archive/procedure/sanction.predicates';
import type { Role } from '@chengxin/kit/privacy/roles';
import type { RowAccess } from '@chengxin/kit/read/rows';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { maskedAt } from '../support/masked-at.js';
import { startCollege, type RequestOptions, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import {
  answered,
  selectFrom,
  AUDIT,
  inCase,
  openTasks,
  refusal,
  refused,
  REVIEW,
} from './select.js';
import { StudentRows } from './procedure-rows.js';
import { volunteering, consume, rows as archiveRows } from './conduct-events.js';

const STUDENT = '2024010305';

let college: TestCollege;
const select = selectFrom(() => college, STUDENT);
const rows = new StudentRows(() => college, STUDENT);
/** With an own appeal or repair (note 13). */
const withTask = (purpose: string, name: string): RequestOptions => ({
  headers: { 'x-purpose': purpose, 'x-reference': rows.id(name) },
});

beforeAll(async () => {
  college = await startCollege();
  await openTasks(college, STUDENT);
  await rows.records();

  await rows.sanction('S-DRAFT', 'SAO', 'DRAFT', '2026-03-05');
  await rows.sanction('S-NOTICE', 'SEC', 'NOTICE_GIVEN', '2026-03-04');
  await rows.sanction('S-APPEALED', 'AAO', 'APPEALED', '2026-03-03');
  await rows.sanction('S-RUNNING', 'SEC', 'TERM_RUNNING', '2026-03-02');
  await rows.sanction('S-LIFTED', 'SAO', 'LIFTED', '2025-03-01', { lifted_on: '2026-03-01' });
  await rows.sanction('S-SEALED', 'SEC', 'EFFECTIVE', '2025-02-01');
  for (const [record, sanction] of [
    ['CHEAT', 'S-APPEALED'],
    ['FIGHT', 'S-RUNNING'],
    ['OLD', 'S-LIFTED'],
    ['SEALED', 'S-SEALED'],
  ] as const)
    await asOwner(college, 'archive', 'update conduct_record set sanction_id = $1 where id = $2', [
      rows.id(sanction),
      rows.id(record),
    ]);

  await rows.snapshot('SNAPSHOT', 'OLD');
  const of = (record: string) => ({ record_id: rows.id(record) });
  await rows.appeal('A-SANCTION', 9, 'SAO', ['SANCTION_FILES'], {
    kind: 'SANCTION',
    sanction_id: rows.id('S-APPEALED'),
    case_id: 'EC-APPEAL',
    handler_office: 'SAC',
    state: 'COMMITTEE_REVIEW',
  });
  await rows.appeal('A-GRADE', 8, 'AAO', ['GRADES']);
  await rows.appeal('A-FIGHT', 7, 'SEC', ['BAD_CONDUCT', 'LAW_VIOLATIONS'], of('FIGHT'));
  await rows.appeal('A-BANK', 6, 'TPC', ['BAD_CONDUCT', 'CARD_OVERDRAFTS'], of('BANK'));
  await rows.appeal('A-OLD', 5, 'SAO', ['BAD_CONDUCT'], { ...of('OLD'), handler_no: 'T0001' });
  await rows.appeal('A-PROFILE', 4, 'SAO', ['IDENTITY'], {
    kind: 'PROFILE',
    handler_office: 'COL',
  });
  await rows.appeal('A-SEALED', 3, 'SEC', ['BAD_CONDUCT'], of('SEALED'));
  await rows.appeal('A-LAW', 2, 'SEC', ['LAW_VIOLATIONS']);
  await rows.appeal('A-SCORE', 1, 'SAO', ['CREDIT_GRADE'], {
    kind: 'EVALUATION',
    snapshot_id: rows.id('SNAPSHOT'),
  });

  await rows.repair('R-DRAFT', 6, 'CHEAT', 'DRAFT');
  await rows.repair('R-REVIEW', 5, 'FIGHT', 'SAO_REVIEW', {
    handler_no: 'T0002',
    college_opinion: 'support',
    volunteer_hours: 60,
    no_new_bad_since: '2026-01-11',
  });
  await rows.repair('R-APPROVED', 4, 'OLD', 'APPROVED_FULL', {
    decision: 'FULL',
    decided_by: 'T0001',
    reason: 'mended',
  });

  await rows.notice('N-CHEAT', 9, 'AAO', ['BAD_CONDUCT', 'ACADEMIC_MISCONDUCT'], of('CHEAT'));
  await rows.notice('N-BANK', 8, 'TPC', ['BAD_CONDUCT', 'CARD_OVERDRAFTS'], of('BANK'));
  await rows.notice('N-SANCTION', 7, 'SEC', ['SANCTION_FILES'], {
    sanction_id: rows.id('S-NOTICE'),
  });
  await rows.notice('N-APPEAL-BANK', 6, 'TPC', ['APPEALS'], { appeal_id: rows.id('A-BANK') });
  await rows.notice('N-APPEAL', 5, 'SAO', ['APPEALS'], { appeal_id: rows.id('A-SANCTION') });
  await rows.notice('N-OLD', 4, 'SAO', ['BAD_CONDUCT'], of('OLD'));
  await rows.notice('N-PROPOSED', 3, 'SAO', ['PENDING_CONDUCT'], of('PROPOSED'));
  await rows.notice('N-SUBMISSION', 2, 'SAO', ['SUBMISSIONS']);
  await rows.notice('N-SEALED', 1, 'SEC', ['BAD_CONDUCT'], of('SEALED'));

  await rows.submission('B-APPROVED', 2, 'FIGHT', 'APPROVED');
  await rows.submission('B-SENT', 3, 'CHEAT', 'SENT');
  await rows.submission('B-OLD', 1, 'OLD', 'APPROVED');
});
afterAll(() => college.stop());

describe('Sanctions (FG15)', () => {
  const files = (...list: string[]) => answered({ sanctions: list.map((docNo) => ({ docNo })) });

  test.each([
    [
      'the student, from the notice on, a lifted one too',
      STUDENT,
      undefined,
      ['S-NOTICE', 'S-APPEALED', 'S-RUNNING', 'S-LIFTED'],
    ],
    [
      'Student Affairs, a lifted one only with an own appeal or repair',
      'T0001',
      REVIEW,
      ['S-DRAFT', 'S-NOTICE', 'S-APPEALED', 'S-RUNNING'],
    ],
    [
      'the college, before a decision in its own matters alone',
      'T0110',
      REVIEW,
      ['S-DRAFT', 'S-APPEALED', 'S-RUNNING'],
    ],
    ['an auditor, decided ones', 'T0901', AUDIT, ['S-APPEALED', 'S-RUNNING', 'S-LIFTED']],
    ['academic affairs, own ones', 'T0301', undefined, ['S-APPEALED']],
    ['security, own ones', 'T0501', undefined, ['S-NOTICE', 'S-RUNNING']],
    ['the committee, the appealed one', 'T0811', inCase('EC-APPEAL'), ['S-APPEALED']],
  ])('%s; what rests on a sealed record is there for nobody', async (_, person, options, list) => {
    expect(await select(person, 'sanctions { docNo }', options)).toEqual(files(...list));
  });

  test('a Party evaluator sees the type of one in force, and that it is (3.5)', async () => {
    expect(await select('T0702', 'sanctions { type state }', inCase('EC-PARTY'))).toEqual({
      ...answered({ sanctions: [{ type: 'DEMERIT', state: 'IN_FORCE' }] }),
      ...maskedAt({ shown: 'FLAG', group: 'SANCTION_FILES', rule: 'EV_PARTY.FG15' }, [
        'student',
        'sanctions',
        '@',
        'state',
      ]),
    });
  });

  test('a counsellor reads none (FG15)', async () => {
    expect(await select('T0101', 'sanctions { docNo }', REVIEW)).toEqual(
      refused('sanctions', 'SANCTION_FILES', 'COUNSELLOR.FG15'),
    );
  });

  test('hearing and records are read with it; the committee reads the record that it rests on', async () => {
    const query = 'sanctions { sanctionId state hearing { notifiedOn statementOn } recordIds }';
    expect(await select('T0811', query, inCase('EC-APPEAL'))).toEqual(
      answered({
        sanctions: [
          {
            sanctionId: rows.id('S-APPEALED'),
            state: 'APPEALED',
            hearing: { notifiedOn: '2025-01-05', statementOn: '2025-01-10' },
            recordIds: [rows.id('CHEAT')],
          },
        ],
      }),
    );
    expect(
      await select('T0811', 'conductRecords { recordId sanctionId }', inCase('EC-APPEAL')),
    ).toEqual(
      answered({
        conductRecords: [{ recordId: rows.id('CHEAT'), sanctionId: rows.id('S-APPEALED') }],
      }),
    );
  });

  test('a record names its sanction to those alone who may know of that', async () => {
    const query = 'conductRecords { indicatorCode sanctionId }';
    const records = (cheat: string | null, fight: string | null) =>
      answered({
        conductRecords: expect.arrayContaining([
          { indicatorCode: 'D1-05', sanctionId: cheat },
          { indicatorCode: 'D3-03', sanctionId: fight },
        ]),
      });
    const [cheat, fight] = [rows.id('S-APPEALED'), rows.id('S-RUNNING')];
    expect(await select('T0001', query, REVIEW)).toEqual(records(cheat, fight));
    const state = (to: string) =>
      asOwner(college, 'archive', 'update sanction set state = $1 where id = $2', [to, cheat]);
    await state('ANNULLED');
    expect(await select('T0001', query, REVIEW)).toEqual(records(null, fight));
    await state('APPEALED');
  });

  test.each([
    ['a term of five months (INV-15)', 'term_months = 5', 'sanction_term'],
    ['an expulsion with a term', `type = 'EXPULSION', state = 'EFFECTIVE'`, 'sanction_term'],
    [
      'a decision by who drafted it (INV-02)',
      'approved_by = recorded_by',
      'sanction_second_person',
    ],
    [
      'a lift before the term ends',
      `state = 'LIFTED', lifted_on = '2026-01-19'`,
      'sanction_lift_term',
    ],
    ['a state that there is not', `state = 'FORGIVEN'`, 'sanction_state_check'],
  ])('no sanction has %s', async (_, change, constraint) => {
    const running = rows.id('S-RUNNING');
    await expect(
      asOwner(college, 'archive', `update sanction set ${change} where id = '${running}'`),
    ).rejects.toThrow(constraint);
    expect(
      await asOwner(
        college,
        'archive',
        'select type, state, term_months, lifted_on, approved_by from sanction where id = $1',
        [running],
      ),
    ).toEqual([
      {
        type: 'DEMERIT',
        state: 'TERM_RUNNING',
        term_months: 12,
        lifted_on: null,
        approved_by: 'T0002',
      },
    ]);
  });
});

describe('Appeals (FG25): each takes the groups of its target', () => {
  const ids = (...list: string[]) =>
    answered({ appeals: list.map((name) => ({ appealId: rows.id(name) })) });

  test.each([
    [
      'the student, all but that against a sealed record',
      STUDENT,
      undefined,
      ['A-SANCTION', 'A-GRADE', 'A-FIGHT', 'A-BANK', 'A-OLD', 'A-PROFILE', 'A-LAW', 'A-SCORE'],
    ],
    [
      'Student Affairs, none against what is over or a third party found',
      'T0001',
      REVIEW,
      ['A-SANCTION', 'A-GRADE', 'A-FIGHT', 'A-PROFILE'],
    ],
    ['the college', 'T0110', REVIEW, ['A-SANCTION', 'A-GRADE', 'A-FIGHT', 'A-PROFILE']],
    [
      'an auditor, none against grades or of a third party',
      'T0901',
      AUDIT,
      ['A-SANCTION', 'A-FIGHT', 'A-OLD', 'A-PROFILE', 'A-LAW', 'A-SCORE'],
    ],
    ['academic affairs, against own facts', 'T0301', undefined, ['A-GRADE']],
    ['security, against own facts', 'T0502', undefined, ['A-FIGHT']],
    ['finance, against none', 'T0402', undefined, []],
    ['the committee, that of its case', 'T0811', inCase('EC-APPEAL'), ['A-SANCTION']],
  ])('%s', async (_, person, options, list) => {
    expect(await select(person, 'appeals { appealId }', options)).toEqual(ids(...list));
  });

  test('with an own appeal Student Affairs also reads those against what is over (note 13)', async () => {
    expect(await select('T0001', 'appeals { appealId }', withTask('APPEAL', 'A-OLD'))).toEqual(
      ids('A-SANCTION', 'A-GRADE', 'A-FIGHT', 'A-OLD', 'A-PROFILE', 'A-SCORE'),
    );
  });

  test('a counsellor reads state and due date, where the target is open to him (note 1)', async () => {
    expect(await select('T0101', 'appeals { state dueOn }', REVIEW)).toEqual(
      answered({
        appeals: Array.from({ length: 3 }, () => ({ state: 'INVESTIGATING', dueOn: '2026-05-01' })),
      }),
    );
  });

  const TEXT = 'appeals { targetRef targetGroup grounds decisionText }';
  const text = (name: string, group: string) => ({
    targetRef: `archive:Thing:${name}`,
    targetGroup: group,
    grounds: `grounds of ${name}`,
    decisionText: null,
  });

  test.each([
    ['the reviewer who decides', 'T0302', undefined, text('A-GRADE', 'GRADES')],
    ['the committee', 'T0811', inCase('EC-APPEAL'), text('A-SANCTION', 'SANCTION_FILES')],
  ])('%s reads its text', async (_, person, options, appeal) => {
    expect(await select(person, TEXT, options)).toEqual(answered({ appeals: [appeal] }));
  });

  test('a clerk of the same office does not (DOMAIN 3.4, closed fields)', async () => {
    const closed = (field: string) =>
      refusal(['appeals', 0 as unknown as string, field], 'APPEALS', 'AAO_CLERK.FG25', {
        masked: true,
      });
    expect(await select('T0301', 'appeals { appealId grounds evidence { docNo } before }')).toEqual(
      {
        data: {
          student: {
            appeals: [
              { appealId: rows.id('A-GRADE'), grounds: null, evidence: null, before: null },
            ],
          },
        },
        errors: ['grounds', 'evidence', 'before'].map(closed),
      },
    );
  });

  test.each([
    ['STU_SELF', STUDENT, {}, true],
    ['AUDITOR', 'T0901', {}, true],
    ['COLLEGE_ADMIN', 'T0110', { handlerOffice: 'COL' }, true],
    ['COLLEGE_ADMIN', 'T0110', { handlerOffice: 'SAO' }, false],
    ['COLLEGE_ADMIN', 'T0110', { handlerNo: 'T0110' }, true],
    ['SCHOOL_ADMIN', 'T0001', { secondHandlerNo: 'T0001' }, true],
    ['SCHOOL_ADMIN', 'T0001', { handlerNo: 'T0002' }, false],
    ['AAO_CLERK', 'T0301', { handlerOffice: 'AAO' }, false],
    ['AAO_REVIEWER', 'T0302', { handlerOffice: 'AAO' }, true],
    ['FIN_REVIEWER', 'T0402', { handlerOffice: 'AAO' }, false],
    ['TPC_INST', 'bank-b-01', { targetProvider: 'USCC' }, true],
    ['TPC_INST', 'bank-b-01', { targetProvider: 'OTHER' }, false],
    ['SCHOOL_ADMIN', 'T0001', { handlerNo: 'T0001', targetProvider: 'USCC' }, false],
  ] as const)('%s %s reads the text of %o: %s', (role, subject, of, reads) => {
    const appeal = { handlerOffice: 'TPC', ...of } as Appeal;
    expect(readsText({ role, subject, orgs: ['USCC'] }, appeal)).toBe(reads);
  });

  test.each([
    [
      'a revocation by one person (2.4)',
      `outcome = 'REVOKE', decision_text = 'so', handler_no = 'T0302'`,
      'appeal_revoke',
    ],
    ['an outcome without a reason (G14.2)', `outcome = 'REJECT'`, 'appeal_reason'],
    ['a state of a sanction appeal', `state = 'UPHELD'`, 'appeal_state'],
    [
      'two handlers who are one',
      `handler_no = 'T0302', second_handler_no = 'T0302'`,
      'appeal_two_people',
    ],
  ])('no appeal has %s', async (_, change, constraint) => {
    const grade = rows.id('A-GRADE');
    await expect(
      asOwner(college, 'archive', `update appeal set ${change} where id = '${grade}'`),
    ).rejects.toThrow(constraint);
    expect(
      await asOwner(
        college,
        'archive',
        'select state, outcome, handler_no from appeal where id = $1',
        [grade],
      ),
    ).toEqual([{ state: 'INVESTIGATING', outcome: null, handler_no: null }]);
  });
});

describe('Repairs (FG26)', () => {
  const repairs = (...list: string[]) =>
    answered({ repairs: list.map((statement) => ({ statement })) });

  test.each([
    ['the student', STUDENT, undefined, ['R-DRAFT', 'R-REVIEW', 'R-APPROVED']],
    ['Student Affairs', 'T0001', REVIEW, ['R-REVIEW']],
    ['the college', 'T0110', REVIEW, ['R-REVIEW']],
    ['an auditor', 'T0901', AUDIT, ['R-REVIEW', 'R-APPROVED']],
  ])(
    '%s reads them; a draft is the student’s, one of a closed record is closed',
    async (_, person, options, list) => {
      expect(await select(person, 'repairs { statement }', options)).toEqual(repairs(...list));
    },
  );

  test('with an own repair Student Affairs also reads what is over (note 13)', async () => {
    expect(await select('T0002', 'repairs { statement }', withTask('REPAIR', 'R-REVIEW'))).toEqual(
      repairs('R-REVIEW', 'R-APPROVED'),
    );
  });

  test('a counsellor reads the state alone (note 1)', async () => {
    expect(await select('T0101', 'repairs { state statement }', REVIEW)).toEqual({
      data: { student: { repairs: [{ state: 'SAO_REVIEW', statement: null }] } },
      errors: [
        refusal(['repairs', 0, 'statement'], 'REPAIRS', 'COUNSELLOR.FG26', { masked: true }),
      ],
    });
  });

  test('performance names the good records that the caller sees; records, those that he sees', async () => {
    await consume(college, 'youthleague', volunteering({ id: 'V-1' }), volunteering({ id: 'V-2' }));
    await consume(
      college,
      'youthleague',
      volunteering({ id: 'V-2', version: 2, state: 'REVOKED' }),
    );
    const good = (await archiveRows(
      college,
      `select id from good_record where source_id in ('V-1', 'V-2') order by source_id`,
    )) as { id: string }[];
    const [approved, revoked] = good.map(({ id }) => id);
    await asOwner(
      college,
      'archive',
      'update repair_application set good_record_ids = $1 where id = $2',
      [[approved, revoked], rows.id('R-REVIEW')],
    );
    const query =
      'repairs { recordIds collegeOpinion performance { gpaDelta volunteerHours goodRecords noNewBadSince } }';
    const repair = (goodRecords: (string | undefined)[]) => ({
      recordIds: [rows.id('FIGHT')],
      collegeOpinion: 'support',
      performance: {
        gpaDelta: null,
        // Those of the record that was revoked are gone, for everybody.
        volunteerHours: '40.0',
        goodRecords,
        noNewBadSince: '2026-01-11',
      },
    });
    expect(await select('T0110', query, REVIEW)).toEqual(
      answered({ repairs: [repair([approved])] }),
    );
    const answer = await select('T0002', query, withTask('REPAIR', 'R-REVIEW'));
    const student = answer.data?.['student'] as { repairs: unknown[] } | null;
    expect(student?.repairs[0]).toEqual(repair([approved, revoked]));
  });

  test('a decision has a reason, and is not by who gave the opinion (G15)', async () => {
    const change = (set: string) =>
      asOwner(college, 'archive', `update repair_application set ${set} where id = $1`, [
        rows.id('R-REVIEW'),
      ]);
    await expect(
      change(`state = 'REFUSED', decision = 'REFUSE', decided_by = 'T0001'`),
    ).rejects.toThrow('repair_reason');
    await expect(
      change(`state = 'REFUSED', decision = 'REFUSE', decided_by = 'T0001', reason = 'no',
        college_opinion_by = 'T0001'`),
    ).rejects.toThrow('repair_second_person');
    await expect(change(`state = 'APPROVED_FULL'`)).rejects.toThrow('repair_decided');
    expect(await select('T0110', 'repairs { state decision }', REVIEW)).toEqual(
      answered({ repairs: [{ state: 'SAO_REVIEW', decision: null }] }),
    );
  });
});

describe('Notices (FG44): each takes the groups of its subject', () => {
  const kinds = (...list: string[]) => list.map((kind) => ({ kind }));

  test.each([
    [
      'the student, all but those of a sealed record and of one before its notice (3.7(15))',
      STUDENT,
      undefined,
      ['N-CHEAT', 'N-BANK', 'N-SANCTION', 'N-APPEAL-BANK', 'N-APPEAL', 'N-OLD', 'N-SUBMISSION'],
    ],
    [
      'Student Affairs',
      'T0001',
      REVIEW,
      ['N-CHEAT', 'N-SANCTION', 'N-APPEAL', 'N-PROPOSED', 'N-SUBMISSION'],
    ],
    ['the college', 'T0110', REVIEW, ['N-CHEAT', 'N-APPEAL', 'N-PROPOSED']],
    ['an auditor', 'T0901', AUDIT, ['N-CHEAT', 'N-APPEAL', 'N-OLD', 'N-SUBMISSION']],
    ['academic affairs, of own matters', 'T0301', undefined, ['N-CHEAT']],
    ['security, of own matters', 'T0501', undefined, ['N-SANCTION']],
    ['the discipline officer, of submissions', 'T0801', undefined, ['N-SUBMISSION']],
    [
      'the committee, of the appealed sanction',
      'T0811',
      inCase('EC-APPEAL'),
      ['N-CHEAT', 'N-APPEAL'],
    ],
  ])('%s', async (_, person, options, list) => {
    expect(await select(person, 'notices { kind }', options)).toEqual(
      answered({ notices: kinds(...list) }),
    );
  });

  test('the college reads kind and times, no text (note 35)', async () => {
    expect(await select('T0110', 'notices { kind sentAt textVersion }', REVIEW)).toEqual({
      data: {
        student: {
          notices: [
            ['N-CHEAT', 9],
            ['N-APPEAL', 5],
            ['N-PROPOSED', 3],
          ].map(([kind, day]) => ({
            kind,
            sentAt: `2026-04-0${day}T00:00:00.000Z`,
            textVersion: null,
          })),
        },
      },
      errors: [0, 1, 2].map((i) =>
        refusal(['notices', i, 'textVersion'], 'NOTICES', 'COLLEGE_ADMIN.FG44', { masked: true }),
      ),
    });
  });

  test('a student selects his own without his number; others have none', async () => {
    const query = '{ myNotices { to kind subjectRef subjectGroup } }';
    const { data } = await college.request(STUDENT, query);
    const own = data?.['myNotices'] as object[] | null;
    expect(own?.[0]).toEqual({
      to: STUDENT,
      kind: 'N-CHEAT',
      subjectRef: `archive:Thing:N-CHEAT ${STUDENT}`,
      subjectGroup: 'BAD_CONDUCT',
    });
    expect(own).toHaveLength(7);
    expect(await college.request('2024010317', query)).toEqual({ data: { myNotices: [] } });
    expect(await college.request('T0001', query, REVIEW)).toEqual({ data: { myNotices: [] } });
  });
});

describe('Requests and submissions (FG36, FG32)', () => {
  test('requests are read by the student, Student Affairs and an auditor', async () => {
    await rows.put('Q-1', 'subject_request', {
      type: 'COPY',
      filed_at: '2026-04-01T00:00:00Z',
      due_on: '2026-04-22',
      state: 'FILED',
    });
    const query = 'subjectRequests { type dueOn state outcome refusalReason }';
    const request = {
      type: 'COPY',
      dueOn: '2026-04-22',
      state: 'FILED',
      outcome: null,
      refusalReason: null,
    };
    for (const [person, options] of [
      [STUDENT, undefined],
      ['T0001', REVIEW],
      ['T0901', AUDIT],
    ] as const)
      expect(await select(person, query, options)).toEqual(
        answered({ subjectRequests: [request] }),
      );
    expect(await select('T0110', 'subjectRequests { type }', REVIEW)).toEqual(
      refused('subjectRequests', 'SUBJECT_REQUESTS', 'COLLEGE_ADMIN.FG36'),
    );
  });

  test.each([
    ['the student', STUDENT, undefined, ['B-SENT', 'B-APPROVED', 'B-OLD']],
    ['Student Affairs, none of a closed record', 'T0001', REVIEW, ['B-SENT', 'B-APPROVED']],
    ['an auditor', 'T0901', AUDIT, ['B-SENT', 'B-APPROVED', 'B-OLD']],
    ['the discipline officer', 'T0801', undefined, ['B-SENT', 'B-APPROVED']],
    ['the connector, the approved one (SUBMITTED)', 'province-conn', undefined, ['B-APPROVED']],
  ])('%s reads submissions', async (_, person, options, list) => {
    expect(await select(person, 'submissions { decisionNo }', options)).toEqual(
      answered({ submissions: list.map((decisionNo) => ({ decisionNo })) }),
    );
  });

  test('the connector reads the coded record of the submission, and nobody else (note 8, SC-10)', async () => {
    const query = `name idNumber
      conductRecords { indicatorCode severity occurredOn finding { docNo } } submissions { recordId }`;
    const answer = await select('province-conn', query);
    expect(answer).toEqual(
      answered({
        name: expect.stringMatching(/^.+$/),
        idNumber: expect.stringMatching(/^990000\d{11}[\dX]$/),
        conductRecords: [
          {
            indicatorCode: 'D3-03',
            severity: 'S3',
            occurredOn: '2026-01-10',
            finding: { docNo: 'FIGHT' },
          },
        ],
        submissions: [{ recordId: rows.id('FIGHT') }],
      }),
    );
    const other = selectFrom(() => college, '2024010317');
    expect(await other('province-conn', 'name')).toEqual({
      data: { student: null },
      errors: [
        { message: expect.any(String), path: ['student'], extensions: { code: 'NOT_FOUND' } },
      ],
    });
  });

  test('three people stand behind what is sent (2.4, 3.8)', async () => {
    const change = (set: string) =>
      asOwner(college, 'archive', `update submission set ${set} where id = $1`, [
        rows.id('B-APPROVED'),
      ]);
    await expect(change(`approved_by = 'T0002'`)).rejects.toThrow('submission_three_people');
    await expect(change(`confirmed_by = 'T0001'`)).rejects.toThrow('submission_three_people');
    await expect(change('notice_delivered_at = null')).rejects.toThrow('submission_approved');
    expect(await select('T0801', 'submissions { decisionNo state }')).toEqual(
      answered({
        submissions: [
          { decisionNo: 'B-SENT', state: 'SENT' },
          { decisionNo: 'B-APPROVED', state: 'APPROVED' },
        ],
      }),
    );
  });
});

describe('Model cases (FG35, Z5.3.2)', () => {
  beforeAll(async () => {
    const story = async (
      name: string,
      purpose: string,
      day: string,
      row = {},
      state = 'PUBLISHED',
    ) => {
      await rows.consent(`CS-${name}`, purpose, row);
      await rows.put(name, 'model_case', {
        consent_id: `CS-${name}`,
        title: name,
        summary: `${name} summary`,
        published_on: day,
        state,
        recorded_by: 'T0001',
        recorded_at: '2026-04-01T00:00:00Z',
        approved_by: 'T0002',
        approved_at: '2026-04-01T00:00:00Z',
      });
    };
    // The clock stands at 2026-04-12T02:00:00Z.
    await story('M-TODAY', 'MODEL_CASE', '2026-04-12', { granted_at: '2026-04-12T02:00:00Z' });
    await story('M-LAST', 'MODEL_CASE', '2026-04-10', { expires_at: '2026-04-12T02:00:01Z' });
    await story('M-ENDED', 'MODEL_CASE', '2026-04-09', { expires_at: '2026-04-12T02:00:00Z' });
    await story('M-WITHDRAWN', 'MODEL_CASE', '2026-04-08', {
      withdrawn_at: '2026-04-12T02:00:00Z',
    });
    await story('M-OTHER', 'EMPLOYER_REPORT', '2026-04-07');
    await story('M-TOMORROW', 'MODEL_CASE', '2026-04-13');
    await story('M-NOMINATED', 'MODEL_CASE', '2026-04-06', {}, 'NOMINATED');
  });

  const shown = [
    { title: 'M-TODAY', summary: 'M-TODAY summary', publishedOn: '2026-04-12' },
    { title: 'M-LAST', summary: 'M-LAST summary', publishedOn: '2026-04-10' },
  ];

  test('anybody reads the published ones whose consent is in force (note 22)', async () => {
    const query = '{ modelCases { nodes { title summary publishedOn } pageInfo { hasNextPage } } }';
    expect(await college.request(null, query)).toEqual({
      data: { modelCases: { nodes: shown, pageInfo: { hasNextPage: false } } },
    });
    const first = '{ modelCases(first: 1) { nodes { title } pageInfo { hasNextPage } } }';
    expect(await college.request(null, first)).toEqual({
      data: { modelCases: { nodes: [{ title: 'M-TODAY' }], pageInfo: { hasNextPage: true } } },
    });
  });

  test.each([
    ['the student himself', STUDENT, undefined],
    ['a counsellor', 'T0101', REVIEW],
  ])('%s reads the same of the student', async (_, person, options) => {
    expect(await select(person, 'modelCases { title summary publishedOn }', options)).toEqual(
      answered({ modelCases: shown }),
    );
  });
});

describe('The predicates as where-clauses (3.4b)', () => {
  const accessOf = (role: Role, more: object = {}, predicates: readonly string[] = []) =>
    ({
      identity: { role, orgs: ['USCC'], caseId: 'EC-1', ...more },
      predicates: () => predicates,
    }) as unknown as RowAccess;

  test('OWN_FACT is the office, or the provider, of the target', () => {
    expect(ownFact(accessOf('FIN_CLERK'))).toEqual({ targetOffice: 'FIN' });
    expect(ownFact(accessOf('AEO_STAFF'))).toEqual({ targetOffice: 'AEO' });
    expect(ownFact(accessOf('TPC_INST'))).toEqual({ targetProvider: { $in: ['USCC'] } });
  });

  test('APPEALED is the case of the request', () => {
    expect(ownCase(accessOf('APPEAL_COMMITTEE'))).toEqual({ caseId: 'EC-1' });
    expect(ownCase(accessOf('APPEAL_COMMITTEE', { caseId: undefined }))).toEqual({ caseId: '' });
  });

  test('OWN_MATTER and OWN_DOMAIN of notices', () => {
    expect(ownMatterNotices(accessOf('CYL_REVIEWER'))).toEqual({ subjectOffice: 'CYL' });
    expect(ownMatterNotices(accessOf('EV_AWARD'))).toEqual({ subjectOffice: '' });
    expect(ownDomainNotices(accessOf('DIS_OFFICER'))).toEqual({
      $or: [{ subjectOffice: 'DIS' }, { subjectGroups: { $contains: ['SUBMISSIONS'] } }],
    });
  });

  test('sanctions: own ones, in force', () => {
    expect(ownSanctions(accessOf('SEC_CLERK'))).toEqual({ sourceOffice: 'SEC' });
    expect(sanctionInForce(accessOf('EV_PARTY'))).toEqual({
      state: { $in: ['EFFECTIVE', 'TERM_RUNNING'] },
    });
    expect(sanctionInForce(accessOf('SCHOOL_ADMIN'))).toEqual({});
  });

  test('a draft of a repair is the student’s own, also once it is withdrawn', () => {
    expect(handedIn(accessOf('STU_SELF'))).toEqual({});
    expect(handedIn(accessOf('AUDITOR'))).toEqual({
      $or: [{ state: { $nin: ['DRAFT', 'WITHDRAWN'] } }, { submittedAt: { $ne: null } }],
    });
  });

  test('a model case passes from its day on, between grant and end of its consent', () => {
    const now = new Date('2026-04-12T02:00:00Z');
    expect(publishedAt(now, '2026-04-12')).toEqual({
      state: 'PUBLISHED',
      publishedOn: { $lte: '2026-04-12' },
      consentFrom: { $lte: now },
      consentUntil: { $gt: now },
    });
  });
});
