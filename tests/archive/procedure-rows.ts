/** One student's records, sanctions, appeals, repairs, notices and submissions, as flows leave them. */
import type { TestCollege } from '../support/college.js';
import { put, RECORDED } from '../support/put.js';

type Row = Parameters<typeof put>[3];

/** Puts rows of one student down and remembers their numbers by name. */
export class StudentRows {
  readonly ids = new Map<string, string>();

  constructor(
    private readonly college: () => TestCollege,
    readonly studentNo: string,
  ) {}

  id(name: string): string {
    const id = this.ids.get(name);
    if (!id) throw new Error(`There is no ${name}.`);
    return id;
  }

  async put(name: string, table: string, row: Row, key = 'id'): Promise<void> {
    const written = await put(this.college(), 'archive', table, {
      student_no: this.studentNo,
      ...row,
    });
    this.ids.set(name, written[key] ?? '');
  }

  record(name: string, code: string, origin: string, office: string, state: string, row: Row = {}) {
    return this.put(name, 'conduct_record', {
      indicator_code: code,
      origin_group: origin,
      source_office: office,
      severity: 'S3',
      occurred_on: '2026-01-10',
      found_on: '2026-01-20',
      finding_body: '学校',
      finding_doc_no: name,
      finding_on: '2026-01-20',
      legal_basis: '校规',
      state,
      notice_delivered_at: '2026-01-15T00:00:00Z',
      evidence: '[{"id":"E-1","docNo":"E-1"}]',
      source_subgraph: 'archive',
      source_typename: 'ConductRecord',
      source_id: `${this.studentNo}-${name}`,
      source_version: 1,
      recorded_at: '2026-01-20T00:00:00Z',
      ...row,
    });
  }

  sanction(name: string, office: string, state: string, decidedOn: string, row: Row = {}) {
    return this.put(name, 'sanction', {
      type: 'DEMERIT',
      source_office: office,
      doc_no: name,
      notified_on: '2025-01-05',
      statement_on: '2025-01-10',
      decided_on: decidedOn,
      served_on: '2025-01-20',
      appeal_deadline: '2025-01-30',
      term_months: 12,
      term_ends_on: '2026-01-20',
      state,
      ...RECORDED,
      ...row,
    });
  }

  /** Filed on a day of April 2026; the later stand first. */
  appeal(name: string, day: number, office: string, groups: readonly string[], row: Row = {}) {
    return this.put(name, 'appeal', {
      kind: 'RECORD',
      target_subgraph: 'archive',
      target_typename: 'Thing',
      target_id: name,
      target_office: office,
      target_groups: groups,
      grounds: `grounds of ${name}`,
      requested_outcome: 'REVOKE',
      filed_at: `2026-04-${String(day).padStart(2, '0')}T00:00:00Z`,
      handler_office: office,
      due_on: '2026-05-01',
      state: 'INVESTIGATING',
      recorded_at: '2026-04-01T00:00:00Z',
      ...row,
    });
  }

  /** Sent on a day of April 2026; the later stand first. */
  notice(name: string, day: number, office: string, groups: readonly string[], row: Row = {}) {
    return this.put(name, 'notice', {
      kind: name,
      text_version: 'T-1',
      subject_subgraph: 'archive',
      subject_typename: 'Thing',
      subject_id: `${name} ${this.studentNo}`,
      subject_office: office,
      subject_groups: groups,
      sent_at: `2026-04-${String(day).padStart(2, '0')}T00:00:00Z`,
      channel: 'PORTAL',
      ...row,
    });
  }

  /** Handed in on a day of April 2026; the later stand first. */
  async repair(name: string, day: number, record: string, state: string, row: Row = {}) {
    await this.put(name, 'repair_application', {
      statement: name,
      state,
      recorded_at: `2026-04-${String(day).padStart(2, '0')}T00:00:00Z`,
      ...row,
    });
    await put(this.college(), 'archive', 'repair_record', {
      repair_id: this.id(name),
      record_id: this.id(record),
      student_no: this.studentNo,
    });
  }

  submission(name: string, day: number, record: string, state: string) {
    return this.put(name, 'submission', {
      record_id: this.id(record),
      decision_no: name,
      notice_delivered_at: '2026-04-01T00:00:00Z',
      prepared_by: 'T0002',
      approved_by: 'T0001',
      confirmed_by: 'T0801',
      created_at: `2026-04-${String(day).padStart(2, '0')}T00:00:00Z`,
      state,
    });
  }

  /** A snapshot with one line, of a record. */
  snapshot(name: string, record: string) {
    const view = JSON.stringify({
      score: 9000,
      lines: [{ recordId: this.id(record), points: -1000 }],
      dimensions: {},
    });
    return this.put(
      name,
      'credit_snapshot',
      {
        rule_set: 'CR-2026.1',
        kind: 'PROVISIONAL',
        on_day: '2026-01-31',
        computed_at: '2026-01-31T00:00:00Z',
        state: 'CONFIRMED',
        grade: 'B',
        level: 'L1',
        score_excluding_disputed: 9000,
        school_view: view,
        full_view: view,
      },
      'snapshot_id',
    );
  }

  consent(name: string, purpose: string, row: Row = {}) {
    return this.put(
      name,
      'consent',
      {
        consent_id: name,
        purpose,
        recipient_name: '诚信职业技术学院',
        recipient_uscc: '91990000MA0000009X',
        notice_version: 'N-2026.1',
        granted_at: '2026-04-01T00:00:00Z',
        expires_at: '2026-06-01T00:00:00Z',
        form: 'SEPARATE',
        ...RECORDED,
        ...row,
      },
      'consent_id',
    );
  }

  /** Raised on a day of April 2026; the later stand first. */
  async warning(
    name: string,
    day: number,
    office: string,
    groups: readonly string[],
    row: Row = {},
    records: readonly string[] = [],
  ) {
    await this.put(name, 'warning', {
      code: 'W-02',
      colour: 'YELLOW',
      trigger_rule: name,
      trigger_groups: groups,
      trigger_values: '{"score":8400}',
      raised_at: `2026-04-${String(day).padStart(2, '0')}T00:00:00Z`,
      due_on: '2026-05-01',
      handler_office: office,
      state: 'NOTIFIED',
      ...row,
    });
    await this.link('warning', name, records);
  }

  /** Says on which records a row rests. */
  async link(noun: string, name: string, records: readonly string[]): Promise<void> {
    for (const record of records)
      await put(this.college(), 'archive', `${noun}_record`, {
        [`${noun}_id`]: this.id(name),
        record_id: this.id(record),
        student_no: this.studentNo,
      });
  }

  /** Decided on a day of April 2026; the later stand first. */
  async measure(name: string, day: number, office: string, record: string, row: Row = {}) {
    await this.put(name, 'measure', {
      source_office: office,
      measure_list_item: name,
      from_day: '2026-04-10',
      state: 'IN_FORCE',
      ...RECORDED,
      recorded_at: `2026-04-${String(day).padStart(2, '0')}T00:00:00Z`,
      ...row,
    });
    await this.link('measure', name, [record]);
  }

  async attention(name: string, from: string, state: string, record: string, row: Row = {}) {
    await this.put(name, 'key_attention', {
      source_office: 'SAO',
      from_day: from,
      until_day: '2026-12-31',
      measures: '["M-TALK"]',
      state,
      ...RECORDED,
      ...row,
    });
    await this.link('key_attention', name, [record]);
  }

  supervision(name: string, level: string, from: string, snapshot: string, row: Row = {}) {
    return this.put(name, 'supervision', {
      source_office: 'SAO',
      level,
      phase: 'MID',
      measures: '["M-TALK"]',
      snapshot_id: this.id(snapshot),
      effective_from: from,
      recorded_at: `${from}T00:00:00Z`,
      ...row,
    });
  }

  /** The records that the others hang on: counting, third-party, over, sealed, proposed. */
  async records(): Promise<void> {
    await this.record('CHEAT', 'D1-05', 'ACADEMIC_MISCONDUCT', 'AAO', 'ACTIVE');
    await this.record('FIGHT', 'D3-03', 'LAW_VIOLATIONS', 'SEC', 'ACTIVE');
    const carried = `CS-CARRIED-${this.studentNo}`;
    await this.consent(carried, 'THIRD_PARTY_COLLECT', { recipient_name: '乙银行' });
    await this.record('BANK', 'D2-02', 'CARD_OVERDRAFTS', 'TPC', 'ACTIVE', {
      consent_id: carried,
    });
    await this.record('OLD', 'D3-06', 'BAD_CONDUCT', 'SAO', 'REPAIRED');
    await this.record('SEALED', 'D5-05', 'LAW_VIOLATIONS', 'SEC', 'SEALED');
    await this.record('PROPOSED', 'D3-01', 'BAD_CONDUCT', 'SAO', 'PROPOSED');
  }
}
