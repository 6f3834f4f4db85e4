/** A noun: what mutations change. Its rows are found as they are read, and stand as the table says. */
import type { ClassType } from 'type-graphql';
import type { StudentRows } from '../read/rows.js';
import type { ConstraintMeaning } from './errors.js';

/** What every row that is changed has. */
export interface ChangeableRow {
  id: string;
  studentNo: string;
  version: number;
  state?: string;
  recordedBy?: string;
}

export interface Noun<Row extends ChangeableRow> {
  /** `Deferral`: its type in the graph and in the log; in lower case first, its field in payloads. */
  readonly name: string;
  readonly entity: ClassType<Row>;
  /** Its state machine in the action table. */
  readonly machine?: string;
  /**
   * How its rows are read: a row that the actor may not read is not found when he acts
   * (DOMAIN 2.7).
   */
  readonly rows: StudentRows<Row>;
  /** Property that names a row in arguments; its `id`, when nothing is said. */
  readonly key?: keyof Row & string;
  /** What a broken constraint means, by its name. */
  readonly constraints?: Readonly<Record<string, ConstraintMeaning>>;
}

/** Declares a noun; one for each entity that mutations change. */
export const noun = <Row extends ChangeableRow>(parts: Noun<Row>): Noun<Row> => parts;

/** `Deferral` → `deferral`. */
export const fieldOf = ({ name }: { readonly name: string }): string =>
  name.slice(0, 1).toLowerCase() + name.slice(1);
