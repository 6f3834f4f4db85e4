/** For each noun with mutations: how a row of it is put into a state, and what its mutations are given. */
import type { Role } from '@chengxin/kit/privacy/roles';
import type { TestCollege } from '../support/college.js';

export interface Seeded {
  readonly id: string;
  readonly version: number;
}

/** Who is to act on the row: it lies with him where it must lie with somebody. */
export interface Actor {
  readonly role: Role;
  readonly person: string | null;
}

export interface NounPlan {
  /** Name in the report of the run; the noun, when nothing is said. */
  readonly title?: string;
  /** `Deferral` */
  readonly noun: string;
  /** State machine; named as the noun, when nothing is said. */
  readonly machine?: string;
  /** Which actions of the machine are on rows of this plan. */
  isOf?(action: string): boolean;
  readonly office: string;
  readonly table: string;
  /** States that its rows can be in, where the machine has others too. */
  readonly states?: readonly string[];
  /** Fields of the noun in a payload; `id state version`, when nothing is said. */
  readonly fields?: string;
  /** Column that names a row; `id`, when nothing is said. */
  readonly key?: string;
  /** Whether a student has one such row at a time, so that each state is tried by a request of its own. */
  readonly oneAtATime?: boolean;
  /** Put a row of a student into a state. */
  seed(
    college: TestCollege,
    studentNo: string,
    state: string,
    actor: Actor,
    action: string,
  ): Promise<Seeded>;
  /** Arguments of a mutation that makes a row, on something of this student; each time on another one. */
  opening(college: TestCollege, studentNo: string, role?: Role): Promise<Record<string, unknown>>;
  /** Further arguments of a mutation, by its actor where they differ. */
  readonly more?: Readonly<
    Record<string, Record<string, unknown> | ((role: Role) => Record<string, unknown>)>
  >;
  /** States in which a role does not see the row, whatever the table says of the action. */
  readonly hidden?: Readonly<Partial<Record<Role, readonly string[]>>>;
  /** By action and role: states in which the row lies with another office, so that he may not act. */
  readonly elsewhere?: Readonly<Record<string, Readonly<Partial<Record<Role, readonly string[]>>>>>;
  /** What must be there before any of it. */
  prepare?(college: TestCollege): Promise<unknown>;
  /** Its mutations decide on several rows at once. */
  readonly isMany?: boolean;
  /** What the reference of a purpose names, where it is no row of the plan. */
  readonly reference?: string;
  /** States in which a row is the open task that a purpose's reference names. */
  readonly openTask?: ReadonlySet<string>;
}

/** Further arguments of a mutation that an actor takes. */
export function moreOf(
  { more }: NounPlan,
  action: string,
  role: Role,
): Record<string, unknown> | undefined {
  const given = more?.[action];
  return typeof given === 'function' ? given(role) : given;
}
