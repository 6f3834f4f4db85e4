/**
 * Notes, while the shield decides, what one call selects of other people. Source: INV-12, DOMAIN
 * 3.7(11), (16). What somebody selects of himself is no event.
 */
import { channel } from 'node:diagnostics_channel';
import type { Identity } from '../call/identity.js';
import { isAboutStudent, type Group, type Policy } from '../privacy/groups.js';
import { isOpen, type Effect } from '../privacy/matrix.js';
import { partsOf, type GroupEffects, type Noted } from './parts.rules.js';
import { moreOpen } from './effect.rules.js';
import type { AccessEffect, AccessPart } from './access-call.js';
import { STUDENT_NO } from '../student-no.js';

export interface Disclosures {
  /** A field of this group was selected of a student. */
  record(studentNo: string | undefined, group: Policy, effect: Effect): void;
  /** A student was opened on his own, not in a list, so the event names his IDENTITY. */
  opened(studentNo: string): void;
  /** Students stand in a list: their IDENTITY is one event with a count (INV-12). */
  listed(studentNos: Iterable<string>): void;
  /** A number is no student's for this caller, whether there is one or not: the same is noted. */
  unknown(studentNo: string): void;
  /** An entrance was refused as a whole. */
  refused(groups: readonly Policy[]): void;
  /** What the archive wrote down of a student when it decided on him, in this same request. */
  recordedElsewhere(studentNo: string, groups: ReadonlySet<Group>): void;
  /** What the reading rests on, where the question itself names it (a provider's consent). */
  under(reference: string): void;
  readonly reference: string | undefined;
  /** All that was noted; nothing when nobody else was selected. */
  parts(): readonly AccessPart[];
}

/** For objects that say of no student whom they are about. */
const UNNAMED = undefined;
/** Number of those who are nobody: events that name no student are about none. */
const ABOUT_NOBODY = '';

const recordedAs = (effect: Effect): AccessEffect =>
  isOpen(effect) ? (effect as AccessEffect) : 'DENY';

/** Says to whoever listens in this process what is left to the archive to write down. */
export const LEFT_TO_ARCHIVE = channel('chengxin:disclosure-left-to-archive');
export interface LeftToArchive {
  readonly requestId: string;
  readonly studentNo: string;
  readonly group: Policy;
  readonly effect: AccessEffect;
}

/** The notes of one call. */
export function noteDisclosures(identity: Identity): Disclosures {
  const isOwn = (studentNo: string): boolean => studentNo === identity.studentNo;
  const students = new Map<string, Map<Group, AccessEffect>>();
  const unnamed = new Map<Group, AccessEffect>();
  const noted: Noted = {
    students,
    unnamed,
    opened: new Set(),
    listed: new Set(),
    unknown: new Set(),
  };
  const elsewhere = new Map<string, ReadonlySet<Group>>();
  let reference: string | undefined;

  const isRecorded = (studentNo: string, group: Policy, effect: Effect): boolean => {
    if (!elsewhere.get(studentNo)?.has(group as Group)) return false;
    const { requestId } = identity;
    const left: LeftToArchive = { requestId, studentNo, group, effect: recordedAs(effect) };
    if (LEFT_TO_ARCHIVE.hasSubscribers) LEFT_TO_ARCHIVE.publish(left);
    return true;
  };

  const groupsOf = (studentNo: string | undefined): GroupEffects => {
    if (studentNo === UNNAMED) return unnamed;
    const known = students.get(studentNo);
    if (known) return known;
    const groups = new Map<Group, AccessEffect>();
    students.set(studentNo, groups);
    return groups;
  };
  return {
    record(studentNo, group, effect) {
      if (!isAboutStudent(group) || studentNo === ABOUT_NOBODY) return;
      if (studentNo !== UNNAMED && isOwn(studentNo)) return;
      if (studentNo !== UNNAMED && isRecorded(studentNo, group, effect)) return;
      const groups = groupsOf(studentNo);
      groups.set(group as Group, moreOpen(groups.get(group as Group), recordedAs(effect)));
    },
    opened: (studentNo) => void noted.opened.add(studentNo),
    listed(studentNos) {
      for (const studentNo of studentNos) if (!isOwn(studentNo)) noted.listed.add(studentNo);
    },
    unknown(studentNo) {
      if (isOwn(studentNo)) return;
      if (STUDENT_NO.test(studentNo)) noted.unknown.add(studentNo);
      else this.refused(['IDENTITY', ...identity.groups, ...identity.deniedAtGateway]);
    },
    refused(groups) {
      for (const group of groups) this.record(UNNAMED, group, 'DENY');
    },
    recordedElsewhere: (studentNo, groups) => void elsewhere.set(studentNo, groups),
    under: (text) => void (reference = text),
    get reference() {
      return reference;
    },
    parts: () => partsOf(noted, identity),
  };
}
