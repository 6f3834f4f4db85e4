/**
 * `maliceProposal`: what finance holds to be unpaid out of malice. It is a proposed record here, of which
 * its student is notified; the archive alone finds (T-01, R-MAL).
 */
import { execute } from '@chengxin/kit/database/orm';
import { gone, present } from '@chengxin/kit/feed/gone';
import type { FeedHandler } from '@chengxin/kit/feed/handler';
import { lockStudents } from '../lock-order.js';
import { sendNotices } from '../notify/send-notices.js';
import { indicatorByCode } from '../rules/indicator.loader.js';
import type { Severity } from '../rules/severity.js';
import { MALICE_CODE } from './conduct-change.rules.js';
import { noticeOf, type Named } from './notify-record.js';
import { dayOf, oneOf, textOf, type Payload } from './payload.rules.js';

interface Proposal {
  readonly proposalId: string;
  readonly billNo: string;
  readonly studentNo: string;
  readonly dueOn: string;
  readonly severity: Severity;
  readonly evidence: readonly { readonly id: string; readonly docNo: string }[];
  readonly proposedBy: string;
  readonly proposedAt: string;
}

/** A proposal as far as it has the promised shape; its severity is one of the indicator's (INV-04). */
function proposalIn(payload: Payload): Proposal | undefined {
  const [proposalId, billNo, studentNo, proposedBy, proposedAt] = [
    'proposalId',
    'billNo',
    'studentNo',
    'proposedBy',
    'proposedAt',
  ].map((name) => textOf(payload[name]));
  const dueOn = dayOf(payload['dueOn']);
  const range = indicatorByCode(MALICE_CODE)?.severityRange ?? [];
  const severity = oneOf(range, payload['severity']);
  const named = Array.isArray(payload['evidence']) ? (payload['evidence'] as unknown[]) : [];
  const evidence = named.flatMap((docNo) => textOf(docNo) ?? []).map((id) => ({ id, docNo: id }));
  if (!proposalId || !billNo || !studentNo || !proposedBy || !proposedAt) return undefined;
  if (!dueOn || !severity || !evidence.length) return undefined;
  return { proposalId, billNo, studentNo, dueOn, severity, evidence, proposedBy, proposedAt };
}

/** A proposal that is here already, and one on a bill of which a record stands, make none. */
const PUT = `
  insert into conduct_record (student_no, indicator_code, origin_group, source_office, severity,
    occurred_on, state, evidence, source_subgraph, source_typename, source_id, source_version,
    bill_no, recorded_by, recorded_at)
  select p."studentNo", ?, ?, ?, p.severity, p."dueOn", 'PROPOSED', p.evidence, 'finance',
    'MaliceProposal', p."proposalId", 1, p."billNo", p."proposedBy", p."proposedAt"
  from jsonb_to_recordset(?::jsonb) as p ("proposalId" text, "billNo" text, "studentNo" text,
    "dueOn" date, severity text, evidence jsonb, "proposedBy" text, "proposedAt" timestamptz)
  join student s on s.student_no = p."studentNo"
  on conflict do nothing
  returning id, student_no as "studentNo", source_office as "sourceOffice",
    origin_group as "originGroup"`;

/** What finance has no more, and nobody has decided on, is dismissed. */
const FORGET = `
  update conduct_record set state = 'DISMISSED', version = version + 1
  where source_subgraph = 'finance' and source_typename = 'MaliceProposal'
    and state in ('PROPOSED', 'NOTIFIED')
    and source_id in (select e->>'key' from jsonb_array_elements(?::jsonb) e)`;

export const applyMaliceProposals: FeedHandler = async (em, events, at) => {
  await execute(em, FORGET, [JSON.stringify(gone(events))]);
  const proposals = present(events).flatMap(({ payload }) => proposalIn(payload) ?? []);
  const indicator = indicatorByCode(MALICE_CODE);
  if (!proposals.length || !indicator) return;
  await lockStudents(
    em,
    proposals.map(({ studentNo }) => studentNo),
  );
  const { origin, ownerOffice = '' } = indicator;
  const parameters = [MALICE_CODE, origin, ownerOffice, JSON.stringify(proposals)];
  const records = await execute<Named>(em, PUT, parameters);
  const notices = records.map((record) => noticeOf('FINDING', record));
  if (notices.length) await sendNotices(em, at, notices);
};
