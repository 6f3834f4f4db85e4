/** A noun: what mutations change. Its rows are found as they are read, and stand as the table says. */
import type { ClassType } from 'type-graphql';
import type { Identity } from '../call/identity.js';
import type { EntityManager } from '../database/orm.js';
import type { StudentRows } from '../read/rows.js';
import type { ConstraintMeaning } from './errors.js';
import type { Guard } from './guard.js';
import type { Target } from './operation-log.js';

/** A row that somebody sees: of a student, or of nobody. */
export type VisibleRow = object & { studentNo?: string };

/** What every row that is changed has; its number is `id`, or what its noun calls the key. */
export interface ChangeableRow extends VisibleRow {
  id?: string;
  version: number;
  state?: string;
  recordedBy?: string;
  /** Unified social credit code of the provider whose row it is. */
  provider?: string;
}

/** How the rows of a noun are read. */
export type ReadRows<Row> = Pick<
  StudentRows<Row & { studentNo: string }>,
  'group' | 'predicates' | 'where'
>;

/** A noun on whose rows others hang: it need not be changed itself. */
export interface ParentNoun<Row extends VisibleRow> {
  /** `Deferral`: its type in the graph and in the log; in lower case first, its field in payloads. */
  readonly name: string;
  readonly entity: ClassType<Row>;
  /**
   * How its rows are read: a row that the actor may not read is not found when he acts
   * (DOMAIN 2.7).
   */
  readonly rows: ReadRows<Row>;
  /** How its rows in other states are read, where the state picks the group (3.2). */
  readonly otherRows?: readonly ReadRows<Row>[];
  /** Property that names a row in arguments; its `id`, when nothing is said. */
  readonly key?: keyof Row & string;
  /** Leaves one of the rows that a key names, where others of it are over. */
  readonly among?: object;
  /**
   * Clauses by which an actor sees rows although no student is decided on for him: his own account as
   * a member of staff; every account, for who runs them; what is against a provider's own fact. Nothing
   * for everybody else.
   */
  readonly withoutStudent?: (identity: Identity, now: Date) => object | undefined;
  /** Lock what the office's lock order puts before rows of a student. */
  readonly lockFirst?: (em: EntityManager, studentNo: string) => Promise<unknown>;
}

/**
 * Who stands in columns: as the table calls them (`fact.record`, `fact.approve`), in declarations
 * (`relation.declared`), or as who took an action by an import, which leaves no line of each row
 * (`goodRecord.approve`).
 */
export type People = Readonly<Partial<Record<string, string | readonly string[] | null>>>;

/** The people of some rows, in their order. */
export type PeopleOf<Row> = (em: EntityManager, rows: readonly Row[]) => Promise<readonly People[]>;

/** People who stand in columns of the row itself. */
export const peopleIn =
  <Row>(columns: (row: Row) => People): PeopleOf<Row> =>
  (_em, rows) =>
    Promise.resolve(rows.map(columns));

export interface Noun<Row extends ChangeableRow> extends ParentNoun<Row> {
  /** Its state machine in the action table. */
  readonly machine?: string;
  /** Nouns of the actions that are taken on its rows, where several share a machine. */
  readonly actions?: readonly string[];
  /** Column of the state; `state`, when nothing is said. */
  readonly stateIn?: keyof Row & string;
  /** The state of a row that has no column for it, at an instant. */
  readonly stateOf?: (row: Row, at: Date) => string;
  /** Whether the row is the actor's own (relation SELF), where its student's number does not say it. */
  readonly isSelf?: (identity: Identity, row: Row) => boolean;
  /** Whether the row is a matter of the actor's office (relation OWN_OFFICE of those who are not its own). */
  readonly isOfOffice?: (identity: Identity, row: Row) => boolean;
  /** The provider whose row it is (relation PROVIDER), where no column of that name says it. */
  readonly providerOf?: (row: Row) => string | undefined;
  /** Whether the row belongs to the case that the request runs in (relation CASE). */
  readonly isOfCase?: (identity: Identity, row: Row) => boolean;
  /** Whether the row lies with the actor for this action, where the relation alone does not say it. */
  readonly isWith?: (identity: Identity, row: Row, action: string) => boolean;
  /** Purpose whose reference names a row of this noun (`APPEAL`): it must name this one. */
  readonly reference?: string;
  /** Other rows whose log lines count for the second person, too. */
  readonly kin?: (row: Row) => readonly Target[];
  /** Who stands in each of some rows, in their order: however many they are, in as many statements. */
  readonly people?: PeopleOf<Row>;
  /** The row as this actor may see it, where its group masks more than the field's own guard does. */
  readonly shown?: (identity: Identity, row: Row) => Row;
  /** What must hold beside the table, by action; nothing that the actor may not know. */
  readonly guards?: Readonly<Partial<Record<string, Guard<Row>>>>;
  /** What a broken constraint means, by its name. */
  readonly constraints?: Readonly<Record<string, ConstraintMeaning>>;
}

/** Declares a noun; one for each entity that mutations change. */
export const noun = <Row extends ChangeableRow>(parts: Noun<Row>): Noun<Row> => parts;

/** The number by which arguments and the operation log name a row. */
export const numberOf = <Row extends ChangeableRow>({ key }: Noun<Row>, row: Row): string =>
  String(key ? row[key] : row.id);

/** `Deferral` → `deferral`. */
export const fieldOf = ({ name }: { readonly name: string }): string =>
  name.slice(0, 1).toLowerCase() + name.slice(1);
