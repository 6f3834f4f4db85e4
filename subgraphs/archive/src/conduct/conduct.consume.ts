/**
 * How the archive consumes what an office publishes of conduct: the newest version of each record
 * is judged; what cannot be applied waits, and is judged again when what it waits for arrives (2.4,
 * 0.2).
 */
import type { Columns } from '@chengxin/kit/database/columns';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { FeedEvent } from '@chengxin/kit/feed/outbox';
import type { FeedHandler } from '@chengxin/kit/feed/handler';
import { coversOf } from '../consent/cover.loader.js';
import { followRecords } from './follow.js';
import { lockStudents } from '../lock-order.js';
import {
  moveStates,
  presentRecords,
  putFacts,
  removeRecords,
  studentsWithRecords,
  type Change,
  type PresentRecord,
} from './conduct-table.js';
import type { Judged, Known } from './judged.js';
import {
  park,
  parkedAbout,
  parkedEvents,
  parkedOf,
  unpark,
  type ParkedEvent,
  type OfficeTopic,
} from './parked-event.loader.js';
import { sourceOf, textOf, type ParkReason, type Payload } from './payload.rules.js';

export interface ConductTopic<State extends string> {
  readonly topic: string;
  readonly table: Columns;
  readonly judge: (payload: Payload, known: Known<State>) => Judged;
  /** What becomes of a record that is gone at its office. */
  readonly gone: (present: State) => State;
  /** What follows for records that were put down. */
  readonly follow?: (
    em: EntityManager,
    at: Date,
    office: string,
    ids: readonly string[],
  ) => Promise<unknown>;
}

/** An event by its record: its number in the office, or the key of an event without one. */
interface ReceivedEvent {
  readonly key: string;
  readonly version: number;
  readonly payload: Payload | null;
  /** It has waited in this version before. */
  readonly waited: boolean;
  /** Its office has it no more, and says nothing else of it. */
  readonly isGone: boolean;
}

/** The number of a record, which is the end of its key. */
const numberOf = (key: string): string => key.slice(key.lastIndexOf(':') + 1);

const receivedOf = ({ key, version, payload, gone }: FeedEvent): ReceivedEvent => ({
  key: gone ? numberOf(key) : (sourceOf(payload)?.id ?? key),
  version,
  payload: gone ? null : payload,
  waited: false,
  isGone: gone === true,
});

/** The newest version of each record; one that waits already is not news. */
function newest(received: readonly ReceivedEvent[]): ReceivedEvent[] {
  const byKey = new Map<string, ReceivedEvent>();
  for (const one of received) {
    const known = byKey.get(one.key);
    if (!known || known.version < one.version) byKey.set(one.key, one);
  }
  return [...byKey.values()];
}

const BIRTH_DATES = `
  select student_no as "studentNo", birth_date::text as "birthDate" from student
  where student_no in (select jsonb_array_elements_text(?::jsonb))`;

interface Placed {
  readonly studentNo: string;
  readonly birthDate: string;
}

async function studentsOf(
  em: EntityManager,
  received: readonly ReceivedEvent[],
): Promise<Map<string, Placed>> {
  const numbers = received.flatMap(({ payload }) => textOf(payload?.['studentNo']) ?? []);
  const rows = await execute<Placed>(em, BIRTH_DATES, [JSON.stringify(numbers)]);
  return new Map(rows.map((row) => [row.studentNo, row]));
}

/** What the events of a page come to. */
interface Outcome {
  readonly put: Change[];
  readonly moved: Change[];
  readonly waiting: ParkedEvent[];
  /** May not be held by law: what came earlier goes, and the event waits without its facts. */
  readonly barred: string[];
  readonly done: string[];
}

/** Reasons for which not even the facts may wait here (INV-05, INV-10). */
const BARRING: ReadonlySet<ParkReason> = new Set(['UNDER_AGE', 'NO_CONSENT']);

function add(
  outcome: Outcome,
  { key, version, payload, waited }: ReceivedEvent,
  judged: Judged,
): void {
  if (judged.kind === 'WAIT') {
    const { reason } = judged;
    const isBarred = BARRING.has(reason);
    if (isBarred) outcome.barred.push(key);
    if (isBarred || !waited)
      outcome.waiting.push({ key, version, payload: isBarred ? null : payload, reason });
    return;
  }
  const { source } = judged;
  if (judged.kind === 'PUT') outcome.put.push({ source, version, content: judged.facts });
  else outcome.moved.push({ source, version, content: { state: judged.state } });
  outcome.done.push(key);
}

/** A record that is gone at its office is taken back here, and nothing waits of it. */
function forget<State extends string>(
  outcome: Outcome,
  { key, version }: ReceivedEvent,
  office: string,
  record: PresentRecord | undefined,
  goneTo: (present: State) => State,
): void {
  outcome.done.push(key);
  if (!record || record.version > version) return;
  const source = { subgraph: office, typename: '', id: key };
  outcome.moved.push({ source, version, content: { state: goneTo(record.state as State) } });
}

const waitedFor = (event: ParkedEvent): ReceivedEvent => ({
  ...event,
  waited: true,
  isGone: false,
});

/** Apply some events, and what waits of the same records; the credit follows in the same transaction. */
async function apply<State extends string>(
  em: EntityManager,
  { topic, table, judge, gone, follow }: ConductTopic<State>,
  office: string,
  received: readonly ReceivedEvent[],
  at: Date,
): Promise<void> {
  const officeTopic: OfficeTopic = { office, topic };
  const keys = received.map(({ key }) => key);
  const owners = await studentsWithRecords(em, table, office, keys);
  await lockStudents(em, [
    ...received.flatMap(({ payload }) => textOf(payload?.['studentNo']) ?? []),
    ...owners,
  ]);
  const students = await studentsOf(em, received);
  const covers = await coversOf(
    em,
    at,
    received.flatMap(({ payload }) => textOf(payload?.['consentId']) ?? []),
  );
  const rows = await presentRecords(em, table, office, keys);
  const records = new Map(rows.map((row) => [row.id, row]));
  const outcome: Outcome = { put: [], moved: [], waiting: [], barred: [], done: [] };
  for (const one of received) {
    const record = records.get(one.key);
    if (one.isGone) forget(outcome, one, office, record, gone);
    else if (record && record.version >= one.version) outcome.done.push(one.key);
    else if (one.payload) {
      const student = students.get(String(one.payload['studentNo']));
      const cover = covers.get(String(one.payload['consentId']));
      const present = record?.state as State;
      add(outcome, one, judge(one.payload, { office, student, present, cover, at }));
    }
  }
  await unpark(em, officeTopic, outcome.done);
  await putFacts(em, table, outcome.put);
  await follow?.(
    em,
    at,
    office,
    outcome.put.map(({ source }) => source.id),
  );
  await moveStates(em, table, outcome.moved);
  await removeRecords(em, table, office, outcome.barred);
  await park(em, officeTopic, outcome.waiting);
  await followRecords(em, at, new Set([...students.keys(), ...owners]));
}

/** What one office publishes under one topic. */
export interface ConductFeed {
  readonly handler: FeedHandler;
  /** Judge again what waits: about some students, or all of it. */
  readonly judgeAgain: (
    em: EntityManager,
    at: Date,
    studentNos?: readonly string[],
  ) => Promise<void>;
}

export function conductFeed<State extends string>(
  conduct: ConductTopic<State>,
  office: string,
): ConductFeed {
  const officeTopic: OfficeTopic = { office, topic: conduct.topic };
  return {
    async handler(em, events, at) {
      const received = events.map(receivedOf);
      const keys = received.map(({ key }) => key);
      // Of a record that its office has no more nothing waits, whatever version that was of.
      const gone = new Set(received.filter(({ isGone }) => isGone).map(({ key }) => key));
      const waiting = await parkedOf(em, officeTopic, keys);
      const stillThere = waiting.filter(({ key }) => !gone.has(key)).map(waitedFor);
      await apply(em, conduct, office, newest([...stillThere, ...received]), at);
    },
    async judgeAgain(em, at, studentNos) {
      const waiting = studentNos
        ? await parkedAbout(em, officeTopic, studentNos)
        : await parkedEvents(em, officeTopic);
      if (waiting.length) await apply(em, conduct, office, waiting.map(waitedFor), at);
    },
  };
}
