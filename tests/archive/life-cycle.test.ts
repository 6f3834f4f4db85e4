/** The life of an archive as it is read: state, signatures, promises, remark, tokens, stewards. */
import { shownVerification } from '@chengxin/archive/life-cycle/archive.rules';
import { VerificationState } from '@chengxin/archive/life-cycle/archive-state';
import { CommitmentState } from '@chengxin/archive/life-cycle/commitment-matter';
import {
  aidOpen,
  ownMatter,
  ownOfficeChecks,
  publishedOrOwn,
} from '@chengxin/archive/life-cycle/commitment.predicates';
import { shownState, shownVersion } from '@chengxin/archive/life-cycle/commitment.rules';
import { ownStewards } from '@chengxin/archive/student/steward.predicates';
import type { Role } from '@chengxin/kit/privacy/roles';
import type { RowAccess } from '@chengxin/kit/read/rows';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { standDelivered } from '../support/entry.js';
import { put, RECORDED } from '../support/put.js';
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

const STUDENT = '2024010305';
const SHA = 'a'.repeat(64);

let college: TestCollege;
const select = selectFrom(() => college, STUDENT);
const row = (table: string, values: Parameters<typeof put>[3]) =>
  put(college, 'archive', table, values);

beforeAll(async () => {
  college = await startCollege();
  await openTasks(college, STUDENT);
  const template = (matter: string, owner: string, state = 'PUBLISHED') =>
    row('commitment_template', {
      matter,
      template_version: '2026.1',
      owner_office: owner,
      subject_types: '["STUDENT"]',
      clauses: `["${matter} clause"]`,
      consequences: '["talk"]',
      valid_from: '2026-01-01',
      state,
      ...RECORDED,
    });
  await template('ENTRY', 'SAO');
  await template('EXAM', 'AAO');
  await template('AID', 'SAO');
  await template('PROJECT', 'RDO');
  await template('TITLE', 'AAO', 'DRAFT');
  const promise = (matter: string, owner: string, state: string) =>
    row('commitment', {
      student_no: STUDENT,
      matter,
      template_version: '2026.1',
      owner_office: owner,
      business_ref: `${matter}-1`,
      signed_at: '2026-03-01T00:00:00Z',
      signature_hash: SHA,
      state,
      recorded_at: '2026-03-01T00:00:00Z',
    });
  const entry = await promise('ENTRY', 'SAO', 'BREACH_REPORTED');
  const exam = await promise('EXAM', 'AAO', 'RECTIFYING');
  await promise('AID', 'SAO', 'CLEARED');
  await promise('PROJECT', 'RDO', 'BREACHED');
  await row('commitment_check', {
    commitment_id: exam['id'] ?? '',
    student_no: STUDENT,
    phase: 'MID',
    checked_by: 'AAO',
    result: 'BREACH',
    note: 'late twice',
    rectify_by: '2026-05-01',
    ...RECORDED,
  });
  await row('commitment_breach', {
    commitment_id: entry['id'] ?? '',
    student_no: STUDENT,
    owner_office: 'SAO',
    facts: 'did not keep it',
    state: 'BREACH_REPORTED',
    evidence: '[{"id":"E-1","docNo":"E-1"}]',
    recorded_by: 'T0001',
    recorded_at: '2026-03-05T00:00:00Z',
  });
  await standDelivered(college, 'Commitment', entry['id'] ?? '', 'BREACH');
  const agreement = await row('agreement', {
    student_no: STUDENT,
    template_version: '2026.1',
    text_sha256: SHA,
    signed_at: '2026-03-01T00:00:00Z',
    method: 'ONLINE_SIGN',
    notice_version: 'N-2026.1',
    guardian_name: '何家长',
    guardian_relation: '父亲',
    guardian_form: 'WRITTEN',
    guardian_at: '2026-02-28T00:00:00Z',
    recorded_at: '2026-03-01T00:00:00Z',
  });
  await asOwner(
    college,
    'archive',
    `update archive set state = 'ACTIVE', agreement_id = $1, commitment_id = $2,
       verification_due_on = '2026-04-01', verification_state = 'CONFIRMED_WITH_APPEAL',
       confirmed_at = '2026-03-20T00:00:00Z', last_export_at = '2026-04-02T00:00:00Z'
     where student_no = $3`,
    [agreement['id'], entry['id'], STUDENT],
  );
  await row('account', { subject: STUDENT, student_no: STUDENT, state: 'ACTIVATED', mfa: true });
  await row('steward_assignment', {
    student_no: STUDENT,
    staff_no: 'T0110',
    office: 'COL',
    work_phone: '0851-1',
    from_day: '2024-09-01',
    to_day: '2026-04-12',
  });
  await row('steward_assignment', {
    student_no: STUDENT,
    staff_no: 'T0101',
    office: 'COL',
    from_day: '2024-09-01',
    to_day: '2026-04-11',
  });
  await row('student_alias', {
    old_no: '2023010999',
    student_no: STUDENT,
    kind: 'REENROLLED',
    at: '2024-09-01T00:00:00Z',
  });
});
afterAll(() => college.stop());

describe('The archive (G2.1, G10)', () => {
  test('whoever is imported has an archive, opened on the day of entry (G10.1, G10.3, SC-01)', async () => {
    const other = selectFrom(() => college, '2024010317');
    expect(await other('2024010317', 'archive { studentNo state openedOn closedOn }')).toEqual(
      answered({
        archive: {
          studentNo: '2024010317',
          state: 'IMPORTED',
          openedOn: '2024-09-01',
          closedOn: null,
        },
      }),
    );
  });

  const INNER = `state openedOn verification { dueOn state confirmedAt } lastExportAt`;
  const OWN = {
    state: 'ACTIVE',
    openedOn: '2024-09-01',
    verification: {
      dueOn: '2026-04-01',
      state: 'CONFIRMED_WITH_APPEAL',
      confirmedAt: '2026-03-20T00:00:00.000Z',
    },
    lastExportAt: '2026-04-02T00:00:00.000Z',
  };

  test.each([
    ['the student', STUDENT, undefined],
    ['Student Affairs', 'T0001', REVIEW],
    ['an auditor', 'T0901', AUDIT],
  ])('%s reads it whole', async (_, person, options) => {
    expect(await select(person, `archive { ${INNER} }`, options)).toEqual(
      answered({ archive: OWN }),
    );
  });

  test('the use of a right is no business of the college (FG36)', async () => {
    expect(await select('T0110', `archive { ${INNER} }`, REVIEW)).toEqual({
      data: { student: { archive: { ...OWN, lastExportAt: null } } },
      errors: [refusal(['archive', 'lastExportAt'], 'SUBJECT_REQUESTS', 'COLLEGE_ADMIN.FG36')],
    });
  });

  test('an office reads the state, and nothing of accounts and signatures (FG04)', async () => {
    expect(await select('T0401', 'archive { state openedOn }')).toEqual({
      data: { student: { archive: { state: 'ACTIVE', openedOn: null } } },
      errors: [refusal(['archive', 'openedOn'], 'ACCOUNT', 'FIN_CLERK.FG04')],
    });
  });

  test.each([
    [VerificationState.CONFIRMED_WITH_APPEAL, true, VerificationState.CONFIRMED_WITH_APPEAL],
    [VerificationState.CONFIRMED_WITH_APPEAL, false, VerificationState.CONFIRMED],
    [VerificationState.OVERDUE, false, VerificationState.OVERDUE],
  ])('a verification %s reads, with appeals open %s, %s', (state, seesAppeals, shown) => {
    expect(shownVerification(state, seesAppeals)).toBe(shown);
  });

  test('one open archive for each student (INV-01)', async () => {
    await expect(
      row('archive', {
        student_no: STUDENT,
        state: 'IMPORTED',
        opened_on: '2026-04-12',
        recorded_at: '2026-04-12T00:00:00Z',
      }),
    ).rejects.toThrow('archive_open');
    expect(
      await asOwner(college, 'archive', 'select state from archive where student_no = $1', [
        STUDENT,
      ]),
    ).toEqual([{ state: 'ACTIVE' }]);
  });

  test('the agreement is read with its account; the guardian by the student and Student Affairs (F-03)', async () => {
    const query =
      'account { subject state mfa } agreement { method guardianConsent { name relation form at } }';
    const whole = {
      account: { subject: STUDENT, state: 'ACTIVATED', mfa: true },
      agreement: {
        method: 'ONLINE_SIGN',
        guardianConsent: {
          name: '何家长',
          relation: '父亲',
          form: 'WRITTEN',
          at: '2026-02-28T00:00:00.000Z',
        },
      },
    };
    expect(await select(STUDENT, query)).toEqual(answered(whole));
    expect(await select('T0001', query, REVIEW)).toEqual(answered(whole));
    expect(await select('T0110', query, REVIEW)).toEqual({
      data: { student: { ...whole, agreement: { method: 'ONLINE_SIGN', guardianConsent: null } } },
      errors: [
        refusal(['agreement', 'guardianConsent'], 'SENSITIVE_IDENTITY', 'COLLEGE_ADMIN.FG02', {
          masked: true,
        }),
      ],
    });
  });
});

describe('Commitments (G8.1, Z5.2.2)', () => {
  const promises = (...list: [matter: string, state: string][]) =>
    answered({ commitments: list.map(([matter, state]) => ({ matter, state })) });

  test.each([
    ['the student', STUDENT, undefined, 'CLEARED', 'BREACH_REPORTED', 'RECTIFYING'],
    [
      'Student Affairs, to whom closed conduct is shut',
      'T0001',
      REVIEW,
      'FULFILLED',
      'BREACH_REPORTED',
      'RECTIFYING',
    ],
    [
      'the college, which sees accusations in its own matters',
      'T0110',
      REVIEW,
      'FULFILLED',
      'BREACH_REPORTED',
      'IN_FORCE',
    ],
    ['a counsellor, who sees none', 'T0101', REVIEW, 'FULFILLED', 'IN_FORCE', 'IN_FORCE'],
    ['an auditor, who sees closed ones', 'T0901', AUDIT, 'CLEARED', 'IN_FORCE', 'IN_FORCE'],
    ['an aid evaluator', 'T0703', inCase('EC-AID'), 'FULFILLED', 'IN_FORCE', 'IN_FORCE'],
  ])(
    '%s reads them, an unproven breach as in force',
    async (_, person, options, aid, entry, exam) => {
      expect(await select(person, 'commitments { matter state }', options)).toEqual(
        promises(['AID', aid], ['ENTRY', entry], ['EXAM', exam], ['PROJECT', 'BREACHED']),
      );
    },
  );

  test('what is promised for aid also takes LOANS_AND_AID: an awards evaluator sees none', async () => {
    expect(await select('T0701', 'commitments { matter state }', inCase('EC-AWARD'))).toEqual(
      promises(['ENTRY', 'IN_FORCE'], ['EXAM', 'IN_FORCE'], ['PROJECT', 'BREACHED']),
    );
  });

  test('the number of changes is visible to who sees each, an accusation too (3.7(15))', async () => {
    const versions = (version: number | null) =>
      answered({ commitments: Array.from({ length: 4 }, () => ({ version })) });
    expect(await select(STUDENT, 'commitments { version }')).toEqual(versions(1));
    for (const [person, options] of [
      ['T0101', REVIEW],
      ['T0110', REVIEW],
      ['T0901', AUDIT],
    ] as const)
      expect(await select(person, 'commitments { version }', options)).toEqual(versions(null));
  });

  test('what for is disclosed of aid in whole alone', async () => {
    const refs = (aid: string | null) =>
      answered({
        commitments: [
          { businessRef: aid },
          { businessRef: 'ENTRY-1' },
          { businessRef: 'EXAM-1' },
          { businessRef: 'PROJECT-1' },
        ],
      });
    expect(await select(STUDENT, 'commitments { businessRef }')).toEqual(refs('AID-1'));
    expect(await select('T0101', 'commitments { businessRef }', REVIEW)).toEqual(refs(null));
  });

  test.each([
    ['academic affairs', 'T0301', 'EXAM', 'RECTIFYING'],
    ['research, whose promises bring the student within its reach', 'T1101', 'PROJECT', 'BREACHED'],
  ])('%s reads those of its own matters (OWN_MATTER)', async (_, person, matter, state) => {
    expect(await select(person, 'commitments { matter state }')).toEqual(promises([matter, state]));
  });

  const CHECKS = 'commitments { checks { phase checkedBy result note rectifyBy } }';
  const CHECK = {
    phase: 'MID',
    checkedBy: 'AAO',
    result: 'BREACH',
    note: 'late twice',
    rectifyBy: '2026-05-01',
  };

  test('who checked reads the whole check; the college no result in a matter of others', async () => {
    expect(await select('T0301', CHECKS)).toEqual(answered({ commitments: [{ checks: [CHECK] }] }));
    const hidden = { ...CHECK, result: null, note: null, rectifyBy: null };
    expect(await select('T0110', CHECKS, REVIEW)).toEqual(
      answered({
        commitments: [{ checks: [] }, { checks: [] }, { checks: [hidden] }, { checks: [] }],
      }),
    );
  });

  test.each([
    ['T0401', 'the bill'],
    ['T0601', 'the post'],
  ])('%s, whose matter none is, reads none', async (person) => {
    expect(await select(person, 'commitments { matter }')).toEqual(answered({ commitments: [] }));
  });

  test.each([
    [CommitmentState.BREACH_REPORTED, true, false, CommitmentState.BREACH_REPORTED],
    [CommitmentState.BREACH_REPORTED, false, true, CommitmentState.IN_FORCE],
    [CommitmentState.RECTIFYING, false, true, CommitmentState.IN_FORCE],
    [CommitmentState.CLEARED, true, false, CommitmentState.FULFILLED],
    [CommitmentState.CLEARED, false, true, CommitmentState.CLEARED],
    [CommitmentState.BREACHED, false, false, CommitmentState.BREACHED],
  ])('%s reads, with pending %s and closed %s, %s', (state, pending, closed, shown) => {
    expect(shownState(state, { pending, closed })).toBe(shown);
  });

  test.each([
    ['the office, while it is in force', CommitmentState.IN_FORCE, { acts: true }, 4],
    ['the office, of a report', CommitmentState.BREACH_REPORTED, { acts: true }, 4],
    ['the office, once it is kept', CommitmentState.FULFILLED, { acts: true }, null],
    ['the office, once it is cleared', CommitmentState.CLEARED, { acts: true }, null],
    ['another office that sees accusations', CommitmentState.IN_FORCE, {}, null],
    ['who sees every change', CommitmentState.CLEARED, { closed: true }, 4],
    [
      'who sees closed ones alone',
      CommitmentState.IN_FORCE,
      { pending: false, closed: true },
      null,
    ],
    ['a student before his notice', CommitmentState.BREACH_REPORTED, { isBeforeNotice: true }, 3],
  ])('the number of changes for %s', (_, state, more, shown) => {
    const reader = { pending: true, closed: false, acts: false, isBeforeNotice: false, ...more };
    expect(shownVersion({ version: 4, state }, reader)).toBe(shown);
  });

  test('texts are public; a draft is read by its owner office alone (FG34)', async () => {
    const query = '{ commitmentTemplates { matter version ownerOffice state clauses } }';
    const text = (matter: string, ownerOffice: string, state = 'PUBLISHED') => ({
      matter,
      version: '2026.1',
      ownerOffice,
      state,
      clauses: [`${matter} clause`],
    });
    const published = [
      text('AID', 'SAO'),
      text('ENTRY', 'SAO'),
      text('EXAM', 'AAO'),
      text('PROJECT', 'RDO'),
    ];
    expect(await college.request(null, query)).toEqual({
      data: { commitmentTemplates: published },
    });
    expect(await college.request('T0001', query, REVIEW)).toEqual({
      data: { commitmentTemplates: published },
    });
    expect(await college.request('T0301', query)).toEqual({
      data: { commitmentTemplates: [...published, text('TITLE', 'AAO', 'DRAFT')] },
    });
  });
});

describe('The remark at graduation (FG11)', () => {
  test('it is read once it is issued, by those whom it is for', async () => {
    const query = 'graduationRemark { text issuedOn signedBySAO }';
    await row('graduation_remark', {
      student_no: STUDENT,
      text: '品行优良',
      author_counsellor: 'T0101',
      approved_by_college: 'T0110',
      signed_by_sao: 'T0002',
      ...RECORDED,
    });
    const issue = (day: string) =>
      asOwner(college, 'archive', 'update graduation_remark set issued_on = $1', [day]);
    await issue('2026-04-13');
    expect(await select('T0001', query, REVIEW)).toEqual(answered({ graduationRemark: null }));
    await issue('2026-04-12');
    const remark = { text: '品行优良', issuedOn: '2026-04-12', signedBySAO: 'T0002' };
    expect(await select('T0001', query, REVIEW)).toEqual(answered({ graduationRemark: remark }));
    expect(await select('T0704', 'graduationRemark { text }', inCase('EC-EMPLOY'))).toEqual(
      answered({ graduationRemark: { text: '品行优良' } }),
    );
    expect(await select('T0701', 'graduationRemark { text }', inCase('EC-AWARD'))).toEqual(
      refused('graduationRemark', 'GRADUATION_REMARK', 'EV_AWARD.FG11'),
    );
  });

  test('three people sign it (G8.3)', async () => {
    await expect(
      asOwner(college, 'archive', `update graduation_remark set signed_by_sao = 'T0110'`),
    ).rejects.toThrow('graduation_remark_three_people');
    expect(await select(STUDENT, 'graduationRemark { text }')).toEqual(
      answered({ graduationRemark: { text: '品行优良' } }),
    );
  });
});

describe('Consents and report tokens (FG29, L-09)', () => {
  beforeAll(async () => {
    const consent = (consentId: string, purpose: string, recipient: string) =>
      row('consent', {
        consent_id: consentId,
        student_no: STUDENT,
        purpose,
        recipient_name: recipient,
        recipient_uscc: '91990000MA0000009X',
        notice_version: 'N-2026.1',
        granted_at: '2026-04-01T00:00:00Z',
        expires_at: '2026-06-01T00:00:00Z',
        form: 'SEPARATE',
        ...RECORDED,
      });
    await consent('CS-EMPLOYER', 'EMPLOYER_REPORT', '示范企业');
    await consent('CS-SCHOOL', 'POSTGRAD_LOAN', '诚信职业技术学院');
    await row('report_token', {
      token_hash: 'hash-1',
      student_no: STUDENT,
      consent_id: 'CS-EMPLOYER',
      recipient_uscc: '91990000MA0000009X',
      report_template: 'CONDUCT',
      max_views: 5,
      used_views: 1,
      issued_at: '2026-04-02T00:00:00Z',
      expires_at: '2026-05-01T00:00:00Z',
      watermark: 'E-1',
      state: 'USED',
    });
  });

  test('the student and an auditor read the tokens, the school sees no employer', async () => {
    const query = 'reportTokens { consentId maxViews usedViews expiresAt state }';
    const token = {
      consentId: 'CS-EMPLOYER',
      maxViews: 5,
      usedViews: 1,
      expiresAt: '2026-05-01T00:00:00.000Z',
      state: 'USED',
    };
    expect(await select(STUDENT, query)).toEqual(answered({ reportTokens: [token] }));
    expect(await select('T0901', query, AUDIT)).toEqual(answered({ reportTokens: [token] }));
    expect(await select('T0001', query, REVIEW)).toEqual(
      refused('reportTokens', 'CONSENTS', 'SCHOOL_ADMIN.FG29', { masked: true }),
    );
  });

  test('the school reads of consents those alone that name it (SCHOOL_CONSENTS, note 28)', async () => {
    expect(await select('T0001', 'consents { purpose state }', REVIEW)).toEqual(
      answered({ consents: [{ purpose: 'POSTGRAD_LOAN', state: 'GRANTED' }] }),
    );
  });

  test('a token lasts 30 days at most and is used no oftener than it may be (2.2)', async () => {
    const change = (set: string) => asOwner(college, 'archive', `update report_token set ${set}`);
    await expect(change(`expires_at = issued_at + interval '31 days'`)).rejects.toThrow(
      'report_token_window',
    );
    await expect(change('used_views = 6')).rejects.toThrow('report_token_views');
    expect(await select(STUDENT, 'reportTokens { usedViews }')).toEqual(
      answered({ reportTokens: [{ usedViews: 1 }] }),
    );
  });
});

describe('Stewards and earlier numbers (G11)', () => {
  test('the student reads name, office and phone of the stewards of today (OWN_STEWARDS, note 32)', async () => {
    expect(await select(STUDENT, 'stewards { name office workPhone }')).toEqual(
      answered({ stewards: [{ name: '专职管理员己', office: 'COL', workPhone: '0851-1' }] }),
    );
    expect(await select('T0001', 'stewards { staffNo to }', REVIEW)).toEqual(
      answered({ stewards: [{ staffNo: 'T0110', to: '2026-04-12' }] }),
    );
    expect(await select('T0101', 'stewards { name }', REVIEW)).toEqual(
      refused('stewards', 'ADMINISTRATION', 'COUNSELLOR.FG39'),
    );
  });

  test('whoever sees the student sees his earlier numbers (FG01)', async () => {
    expect(await select('T0401', 'aliases { oldNo studentNo kind }')).toEqual(
      answered({ aliases: [{ oldNo: '2023010999', studentNo: STUDENT, kind: 'REENROLLED' }] }),
    );
  });
});

describe('The predicates as where-clauses (3.4b)', () => {
  const accessOf = (role: Role, open = true) =>
    ({ identity: { role, studentNo: STUDENT }, opens: () => open }) as unknown as RowAccess;

  test.each([
    ['AAO_CLERK', 'AAO'],
    ['HRO_STAFF', 'HRO'],
    ['AEO_STAFF', 'AEO'],
    ['COLLEGE_ADMIN', 'SAO'],
    ['COUNSELLOR', ''],
  ] as const)('OWN_MATTER of %s is the matters of %s', (role, office) => {
    expect(ownMatter(accessOf(role))).toEqual({ ownerOffice: office });
    expect(ownOfficeChecks(accessOf(role))).toEqual({ checkedBy: office });
  });

  test('a promise for aid passes where LOANS_AND_AID is open', () => {
    expect(aidOpen(accessOf('EV_AID'))).toEqual({});
    expect(aidOpen(accessOf('EV_AWARD', false))).toEqual({ matter: { $ne: 'AID' } });
  });

  test('a draft passes for its owner office', () => {
    expect(publishedOrOwn({ role: 'AAO_REVIEWER' })).toEqual({
      $or: [{ state: { $ne: 'DRAFT' } }, { ownerOffice: 'AAO' }],
    });
    expect(publishedOrOwn({ role: 'PUBLIC' })).toEqual({
      $or: [{ state: { $ne: 'DRAFT' } }, { ownerOffice: '' }],
    });
  });

  test('OWN_STEWARDS are those of the caller', () => {
    expect(ownStewards(accessOf('STU_SELF'))).toEqual({ studentNo: STUDENT });
  });
});
