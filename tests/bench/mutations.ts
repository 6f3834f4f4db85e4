/** What a change costs, beside a query that reads as much: of finance, and of the archive; many at once. */
import { setTimeout } from 'node:timers/promises';
import type { College } from '@chengxin/college/college';
import { addDays, dayOf } from '@chengxin/kit/clock';
import { countStatements } from '../support/statements.js';
import { connect } from './client.js';

/** So many deferrals are requested and approved, one after the other. */
const DEFERRALS = 40;
const LATER_DAYS = 30;
/** So many entries are claimed and approved, as far as the demo has them. */
const ENTRIES = 40;
/** So many records are found and accepted. */
const RECORDS = 20;
const REVIEWER = 'T0110';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };

interface Waiting {
  readonly id: string;
  readonly billNo: string;
}

/** Deferrals of unpaid bills, proposed by the clerk. */
async function propose(college: College): Promise<readonly Waiting[]> {
  const { request, close } = await connect(college, 'T0401');
  const until = addDays(dayOf(new Date()), LATER_DAYS);
  const { arrearsList } = await request(
    `{ arrearsList(first: 100, filter: { category: UNEXPLAINED }) { nodes { billNo } } }`,
  );
  const waiting: Waiting[] = [];
  for (const { billNo } of (arrearsList as { nodes: Waiting[] }).nodes.slice(0, DEFERRALS)) {
    const { proposeDeferral } = await request(`mutation { proposeDeferral(
      clientMutationId: "p-${billNo}", billNo: "${billNo}", until: "${until}", reason: "bench"
    ) { ok deferral { id } } }`);
    const { ok, deferral } = proposeDeferral as { ok: boolean; deferral: { id: string } | null };
    if (ok && deferral) waiting.push({ id: deferral.id, billNo });
  }
  await close();
  return waiting;
}

/** So many bills are proposed by form, and approved that many at once. */
const [BILLS, AT_ONCE] = [150, 50];

/** Bills that wait, each a batch of one; all of students whom finance knows. */
async function proposeBills(college: College): Promise<readonly string[]> {
  const { request, close } = await connect(college, 'T0401');
  const { bills } = await request(`{ bills(first: 100) { nodes { studentNo } } }`);
  const students = (bills as { nodes: { studentNo: string }[] }).nodes;
  const ids: string[] = [];
  for (let at = 0; at < BILLS; at += 1) {
    const { proposeBill } = await request(`mutation { proposeBill(
      clientMutationId: "b-${at}", billNo: "BENCH-${at}", academicYear: "2025-2026", item: "OTHER",
      studentNo: "${students[at % students.length]?.studentNo}", amountFen: 100, dueOn: "2026-06-30"
    ) { ok financeImportBatch { id } } }`);
    const { financeImportBatch: batch } = proposeBill as {
      financeImportBatch: { id: string } | null;
    };
    if (batch) ids.push(batch.id);
  }
  await close();
  return ids;
}

/** How many facts a reviewer approves in a second, by calls of as many as one may name. */
async function bulkFigure(college: College): Promise<string> {
  const ids = await proposeBills(college);
  const { request, close } = await connect(college, 'T0402');
  let [done, ms] = [0, 0];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const started = performance.now();
    const { approveFinanceFacts } = await request(`mutation { approveFinanceFacts(
      clientMutationId: "m-${from}", ids: ${JSON.stringify(some)},
      expectedVersions: ${JSON.stringify(some.map(() => 1))}, reason: "bench"
    ) { results { ok } } }`);
    ms += performance.now() - started;
    const { results } = approveFinanceFacts as { results: { ok: boolean }[] };
    done += results.filter(({ ok }) => ok).length;
  }
  await close();
  const rate = (done / ms) * 1000;
  return `${`approveFinanceFacts, ${AT_ONCE} at once`.padEnd(38)} ${rate.toFixed(0).padStart(6)} rows a second (${done} of ${ids.length})`;
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

/** Times one request after the other; the first ones warm up. */
async function timed(requests: readonly (() => Promise<unknown>)[]) {
  const [first, ...others] = requests;
  if (!first) throw new Error('There is nothing to measure.');
  const { byOffice } = await countStatements(first);
  const times: number[] = [];
  const before = process.cpuUsage();
  for (const request of others) {
    const from = performance.now();
    await request();
    times.push(performance.now() - from);
  }
  const { user, system } = process.cpuUsage(before);
  return { byOffice, ms: median(times), processorMs: (user + system) / 1000 / others.length };
}

type Figures = Awaited<ReturnType<typeof timed>>;

/** A line to print, beside the query that reads as much. */
const line = (name: string, { ms, processorMs, byOffice }: Figures, read: Figures): string =>
  `${name.padEnd(38)} ${ms.toFixed(1).padStart(6)} ms  × ${(ms / read.ms).toFixed(2)}` +
  `  ${processorMs.toFixed(1)} ms of processor, ${Object.values(byOffice).reduce((a, b) => a + b, 0)} statements`;

/** A mutation that must be done: what is refused costs something else. */
function done(answer: Record<string, unknown>, name: string): Record<string, unknown> {
  const payload = answer[name] as { ok: boolean };
  if (!payload.ok) throw new Error(`${name}: ${JSON.stringify(payload)}`);
  return answer[name] as Record<string, unknown>;
}

async function deferralFigures(college: College): Promise<string[]> {
  const waiting = await propose(college);
  const { request, close } = await connect(college, 'T0402');
  const reads = waiting.map(
    ({ billNo }) =>
      () =>
        request(`{ deferrals(filter: { billNo: "${billNo}" }) { nodes { id state } } }`),
  );
  const changes = waiting.map(
    ({ id }) =>
      () =>
        request(`mutation { approveDeferral(
          clientMutationId: "a-${id}", id: "${id}", expectedVersion: 1, reason: "bench"
        ) { ok deferral { id state } } }`),
  );
  const read = await timed(reads);
  const changed = await timed(changes);
  await close();
  return [
    line('deferrals of one bill', read, read),
    line('approveDeferral', changed, read),
    await bulkFigure(college),
  ];
}

interface Claimed {
  readonly id: string;
  readonly version: number;
  readonly studentNo: string;
}

/** Entries of a college that wait, reviewed by its administrator; a claim each before that. */
async function entryFigures(college: College): Promise<string[]> {
  const { request, close } = await connect(college, REVIEWER, REVIEW);
  const { reviewQueue } = await request(
    `{ reviewQueue(first: ${ENTRIES}) { nodes { id version studentNo } } }`,
  );
  const claimed: Claimed[] = [];
  for (const { id, version, studentNo } of (reviewQueue as { nodes: Claimed[] }).nodes) {
    const answer = await request(`mutation { claimEntry(
      clientMutationId: "c-${id}", id: "${id}", expectedVersion: ${version}
    ) { ok errors { code } selfEntry { version } } }`);
    const { selfEntry } = done(answer, 'claimEntry') as { selfEntry: Pick<Claimed, 'version'> };
    claimed.push({ id, studentNo, ...selfEntry });
  }
  const read = await timed(
    claimed.map(
      ({ studentNo }) =>
        () =>
          request(`{ student(studentNo: "${studentNo}") { selfEntryDrafts { id state } } }`),
    ),
  );
  const changed = await timed(
    claimed.map(({ id, version }) => async () => {
      const answer = await request(`mutation { reviewEntry(
        clientMutationId: "r-${id}", id: "${id}", expectedVersion: ${version}, decision: APPROVE,
        reason: "bench"
      ) { ok errors { code } selfEntry { id state } } }`);
      done(answer, 'reviewEntry');
    }),
  );
  await close();
  return [line('drafts of one student', read, read), line('reviewEntry', changed, read)];
}

interface OwnNotice {
  readonly id: string;
  readonly version: number;
  readonly kind: string;
  readonly subjectRef: string;
}

/** Takes the notice of a kind about a record in hand, as its student: that delivers it. */
async function acknowledge(
  request: (query: string) => Promise<Record<string, unknown>>,
  kind: string,
  recordId: string,
): Promise<OwnNotice> {
  const { myNotices } = await request('{ myNotices { id version kind subjectRef } }');
  const notice = (myNotices as OwnNotice[]).find(
    (one) => one.kind === kind && one.subjectRef.endsWith(recordId),
  );
  if (!notice) throw new Error(`No notice ${kind} of ${recordId}.`);
  const answer = await request(`mutation { acknowledgeNotice(
    clientMutationId: "n-${kind}-${recordId}", id: "${notice.id}", expectedVersion: ${notice.version}
  ) { ok errors { code } } }`);
  done(answer, 'acknowledgeNotice');
  return { ...notice, version: notice.version + 1 };
}

/** A job delivers notices once a minute. */
const [DELIVERY_MS, POLL_MS] = [150_000, 1000];

interface Pending {
  readonly id: string;
  readonly studentNo: string;
}

/** Proposes a record of a student by his college. */
async function proposeRecord(college: College, studentNo: string): Promise<Pending> {
  const { request, close } = await connect(college, REVIEWER, REVIEW);
  const answer = await request(`mutation { proposeConductRecord(
    clientMutationId: "p-${studentNo}", studentNo: "${studentNo}", recordNo: "BENCH-${studentNo}",
    indicatorCode: "D3-06", severity: S1, occurredOn: "2026-01-10", evidenceDocNos: ["E-1"],
    reason: "bench"
  ) { ok errors { code message } conductRecord { id } } }`);
  await close();
  const { conductRecord } = done(answer, 'proposeConductRecord') as { conductRecord: Pending };
  return { ...conductRecord, studentNo };
}

/** The student states his view, Student Affairs finds, and he is notified of that: it may be accepted. */
async function findRecord(college: College, { id, studentNo }: Pending): Promise<void> {
  const find = await connect(college, 'T0001', REVIEW);
  const own = await connect(college, studentNo);
  const until = performance.now() + DELIVERY_MS;
  for (;;) {
    const { myNotices } = await own.request('{ myNotices { subjectRef } }');
    if ((myNotices as OwnNotice[]).some(({ subjectRef }) => subjectRef.endsWith(id))) break;
    if (performance.now() > until) throw new Error('No notice was delivered.');
    await setTimeout(POLL_MS);
  }
  const notice = await acknowledge(own.request, 'FINDING', id);
  const stated = await own.request(`mutation { fileStatement(
    clientMutationId: "s", id: "${notice.id}", expectedVersion: ${notice.version}, statement: "bench"
  ) { ok errors { code } } }`);
  done(stated, 'fileStatement');
  const found = await find.request(`mutation { findConductRecord(
    clientMutationId: "f-${id}", id: "${id}", expectedVersion: 2, findingDocNo: "F-1", reason: "bench"
  ) { ok errors { code message } } }`);
  done(found, 'findConductRecord');
  await acknowledge(own.request, 'RECORD', id);
  for (const { close } of [find, own]) await close();
}

/** Records that wait, accepted by another of Student Affairs; the credit follows each. */
async function recordFigures(college: College): Promise<string[]> {
  const list = await connect(college, REVIEWER, REVIEW);
  const { students } = await list.request(
    `{ students(first: ${RECORDS}) { nodes { studentNo } } }`,
  );
  await list.close();
  const waiting: Pending[] = [];
  for (const { studentNo } of (students as { nodes: Pending[] }).nodes)
    waiting.push(await proposeRecord(college, studentNo));
  for (const pending of waiting) await findRecord(college, pending);
  const { request, close } = await connect(college, 'T0002', REVIEW);
  const read = await timed(
    waiting.map(
      ({ studentNo }) =>
        () =>
          request(`{ student(studentNo: "${studentNo}") { pendingConduct { id state } } }`),
    ),
  );
  const changed = await timed(
    waiting.map(({ id }) => async () => {
      const answer = await request(`mutation { acceptConductRecord(
        clientMutationId: "a-${id}", id: "${id}", expectedVersion: 3, reason: "bench"
      ) { ok errors { code message } conductRecord { id state } } }`);
      done(answer, 'acceptConductRecord');
    }),
  );
  await close();
  return [
    line('pending records of one student', read, read),
    line('acceptConductRecord', changed, read),
  ];
}

/** Lines to print: each mutation, and the query that reads the same row. */
export async function mutationFigures(college: College): Promise<string[]> {
  return [
    ...(await deferralFigures(college)),
    ...(await entryFigures(college)),
    ...(await recordFigures(college)),
  ];
}
