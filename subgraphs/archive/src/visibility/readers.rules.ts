/**
 * Who may read a group of a student: every way in which somebody might request it, put to the decision
 * that guards reading. Pure. Source: DOMAIN 3.1, 3.3, 3.4, G20.2.
 */
import type { Identity } from '@chengxin/kit/call/identity';
import type { Group } from '@chengxin/kit/privacy/groups';
import { cell, isOpen } from '@chengxin/kit/privacy/matrix';
import { CASE_PURPOSES, purposesOf } from '@chengxin/kit/privacy/purposes';
import { ROLES, type Role } from '@chengxin/kit/privacy/roles';
import { decide } from '../access/decide.rules.js';
import { cellInWords } from '../access/field-access.rules.js';
import type { RelationFacts } from '../access/note.rules.js';
import { RELATIONS } from '../access/relation.rules.js';
import {
  GroundKind,
  ReaderRelation,
  type GroupReader,
  type ReadingGround,
} from './group-reader.js';

interface Row {
  readonly reference: string;
  /** ISO 8601. */
  readonly since: string | null;
  readonly until: string | null;
}
interface OfPerson extends Row {
  readonly staffNo: string;
}

/** What hangs on rows, of one student at one instant. */
export interface ReadingFacts {
  readonly grants: readonly (OfPerson & {
    readonly role: string;
    readonly orgCode: string;
    /** The student's class or college lies in the org. */
    readonly isPlaced: boolean;
  })[];
  readonly seats: readonly (OfPerson & { readonly purpose: string })[];
  readonly audits: readonly OfPerson[];
  /** Rounds of aid that cover the student. */
  readonly rounds: readonly Row[];
  /** What is in somebody's hand for the student, in one role alone where that is said. */
  readonly tasks: readonly (OfPerson & {
    readonly purpose: 'APPEAL' | 'REPAIR';
    readonly role: string | null;
  })[];
  readonly tokens: readonly (Row & { readonly template: string })[];
  readonly consents: readonly (Row & {
    readonly recipient: string;
    /** Groups that the consent names; every one, where it names none. */
    readonly groups: readonly string[];
  })[];
  readonly matters: Readonly<Partial<Record<Role, boolean>>>;
  readonly schoolMayReadLoans: boolean;
  /** The student's own account is neither locked nor closed. */
  readonly isAwake: boolean;
}

/** Somebody who might read, as he would stand to the student in a request for one purpose. */
interface Way {
  readonly who: string;
  readonly purpose: string;
  readonly facts: Partial<RelationFacts>;
  readonly grounds: readonly ReadingGround[];
}

type Named = Row & { readonly staffNo?: string; readonly orgCode?: string };

const ground = (kind: GroundKind, row: Named): ReadingGround => ({
  kind,
  reference: row.reference,
  staffNo: row.staffNo ?? null,
  orgCode: row.orgCode ?? null,
  since: row.since ? new Date(row.since) : null,
  until: row.until ? new Date(row.until) : null,
});

/** What a request for a purpose rests on beside the grant of the role. */
function restsOn(facts: ReadingFacts, role: Role, purpose: string, staffNo: string) {
  const isHis = (row: OfPerson) => row.staffNo === staffNo;
  const seats = facts.seats.filter((s) => isHis(s) && s.purpose === CASE_PURPOSES[purpose]);
  const tasks = facts.tasks.filter(
    (task) => isHis(task) && task.purpose === purpose && (!task.role || task.role === role),
  );
  const rounds = purpose === 'AID_REVIEW' ? facts.rounds : [];
  const audits = RELATIONS[role] === 'AUDIT' ? facts.audits.filter(isHis) : [];
  return {
    seats,
    audits,
    known: { inAidRound: rounds.length > 0, inAppealOrRepair: tasks.length > 0 },
    grounds: [
      ...seats.map((row) => ground(GroundKind.CASE, row)),
      ...audits.map((row) => ground(GroundKind.AUDIT, row)),
      ...rounds.map((row) => ground(GroundKind.AID_ROUND, row)),
      ...tasks.map((row) => ground(GroundKind[row.purpose], row)),
    ],
  };
}

/** Those who hold a role by grants, for each purpose of it. */
function waysByGrant(role: Role, facts: ReadingFacts): Way[] {
  const held = Map.groupBy(
    facts.grants.filter((grant) => grant.role === role),
    ({ staffNo }) => staffNo,
  );
  const known = {
    inOwnMatter: facts.matters[role] ?? false,
    schoolMayReadLoans: role === 'SCHOOL_ADMIN' && facts.schoolMayReadLoans,
  };
  return [...held].flatMap(([who, all]) =>
    purposesOf(role).map(({ name: purpose }) => {
      const rests = restsOn(facts, role, purpose, who);
      const placed = RELATIONS[role] === 'ORG' ? all.filter((grant) => grant.isPlaced) : all;
      const holds = {
        SELF: false,
        ORG: placed.length > 0,
        CASE: rests.seats.length > 0,
        AUDIT: rests.audits.length > 0,
        TOKEN: false,
        EVERY: true,
        MATTER: true,
        NONE: false,
      };
      return {
        who,
        purpose,
        facts: { ...known, ...rests.known, related: holds[RELATIONS[role]] },
        grounds: [...placed.map((row) => ground(GroundKind.GRANT, row)), ...rests.grounds],
      };
    }),
  );
}

const consentNames = (group: Group, { groups }: ReadingFacts['consents'][number]): boolean =>
  !groups.length || groups.includes(group) || group === 'IDENTITY' || group === 'CONSENTS';

/** Providers know a student by a consent that is in force, and not by a grant (note 6). */
const waysByConsent = (group: Group, { consents }: ReadingFacts): Way[] =>
  consents
    .filter((consent) => consentNames(group, consent))
    .map((consent) => ({
      who: consent.recipient,
      purpose: 'PROVIDER_DUTY',
      facts: { related: true },
      grounds: [ground(GroundKind.CONSENT, consent)],
    }));

const waysByToken = ({ tokens }: ReadingFacts): Way[] =>
  tokens.map((token) => ({
    who: token.reference,
    purpose: 'EMPLOYER_REPORT',
    facts: { related: true, reportTemplate: token.template },
    grounds: [ground(GroundKind.TOKEN, token)],
  }));

const PROVIDER: Role = 'TPC_INST';

function waysOf(role: Role, group: Group, facts: ReadingFacts): Way[] {
  if (role === PROVIDER) return waysByConsent(group, facts);
  if (RELATIONS[role] === 'TOKEN') return waysByToken(facts);
  if (RELATIONS[role] !== 'SELF') return waysByGrant(role, facts);
  const own = { who: '', purpose: 'SELF_SERVICE', facts: { related: true }, grounds: [] };
  return facts.isAwake ? [own] : [];
}

const NOTHING: RelationFacts = {
  related: false,
  inAidRound: false,
  inAppealOrRepair: false,
  inOwnMatter: false,
  schoolMayReadLoans: false,
};

/** Whether a request by a way would be answered, by the decision that answers it. */
function isOpenBy(role: Role, group: Group, { who, purpose, facts }: Way): boolean {
  const identity: Identity = {
    subject: who,
    role,
    orgs: [],
    purpose,
    requestId: '',
    groups: [],
    deniedAtGateway: [],
  };
  const ruling = decide(identity, { ...NOTHING, ...facts }, [group]).get(group);
  return ruling !== undefined && isOpen(ruling.effect);
}

/** Roles that may read a group of a student at all; whoever reaches no student reads none. */
const rolesOf = (group: Group): Role[] =>
  ROLES.filter(
    (role) =>
      (RELATIONS[role] !== 'NONE' || role === PROVIDER) &&
      isOpen(cell(role, 'IDENTITY').effect) &&
      isOpen(cell(role, group).effect),
  );

/**
 * Numbers that would disclose to the student what he is not notified of yet: an audit is disclosed
 * after it closes (3.4), a matter of an office from its notice on (3.7(15)).
 */
const WITHHELD: ReadonlySet<string> = new Set(['AUDIT', 'MATTER']);

const sameGround = ({ kind, reference, staffNo }: ReadingGround): string =>
  `${kind} ${reference} ${staffNo}`;

/**
 * Every role that may read a group of the student, with how many people can.
 *
 * @param isSelf  The student himself reads it.
 */
export function readersOf(
  group: Group,
  studentNo: string,
  facts: ReadingFacts,
  isSelf: boolean,
): GroupReader[] {
  return rolesOf(group).map((role) => {
    const open = waysOf(role, group, facts).filter((way) => isOpenBy(role, group, way));
    const relation = role === PROVIDER ? ReaderRelation.CONSENT : relationOf(role);
    const grounds = new Map(open.flatMap((way) => way.grounds).map((g) => [sameGround(g), g]));
    const people = new Set(open.map(({ who }) => who)).size;
    return {
      studentNo,
      role,
      relation,
      ...cellInWords(role, group),
      people: isSelf && WITHHELD.has(relation) ? null : people,
      grounds: [...grounds.values()],
    };
  });
}

const relationOf = (role: Role): ReaderRelation =>
  ReaderRelation[RELATIONS[role] as ReaderRelation];
