/** The action table as the oracle of these tests reads it: the reviewed CSV, and no code of the product. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

const FILE = join(import.meta.dirname, '../../subgraphs/kit/tables/action-matrix.csv');

export interface LawRow {
  readonly action: string;
  readonly mutation: string;
  readonly office: string;
  readonly machine: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly secondPerson: readonly string[];
  readonly reasonRequired: boolean;
  readonly secondFactor: boolean;
  /** Kind of the notice that must have been delivered. */
  readonly notice: string;
  /** With which part of the product it comes. */
  readonly builtIn: string;
  /** Relation and purpose by role. */
  readonly rights: ReadonlyMap<string, { readonly relation: string; readonly purpose: string }>;
}

const list = (cell: string | undefined): string[] => (cell ? cell.split('|') : []);
const at = (cells: readonly string[], index: number): string =>
  (cells.length === 1 ? cells[0] : cells[index]) ?? '';

export const LAW: readonly LawRow[] = (
  parse(readFileSync(FILE), { columns: true }) as Record<string, string>[]
).map((row) => {
  const [roles, relations, purposes] = ['roles', 'relation', 'purpose'].map((name) =>
    list(row[name]),
  ) as [string[], string[], string[]];
  return {
    action: row['action'] ?? '',
    mutation: row['mutation'] ?? '',
    office: row['subgraph'] ?? '',
    machine: row['stateMachine'] ?? '',
    from: list(row['fromStates']),
    to: list(row['toState']),
    secondPerson: list(row['secondPerson']),
    reasonRequired: row['reasonRequired'] === 'yes',
    secondFactor: row['secondFactor'] === 'yes',
    notice: row['notice'] ?? '',
    builtIn: row['builtIn'] ?? '',
    rights: new Map(
      roles.map((role, index) => [
        role,
        { relation: at(relations, index), purpose: at(purposes, index) },
      ]),
    ),
  };
});

/** Rows whose entrance is a mutation. */
export const MUTATIONS = LAW.filter(({ mutation }) => !mutation.includes(':'));

/** States of a machine, in the order of the table. */
export const statesOf = (machine: string): string[] => [
  ...new Set(
    LAW.filter((row) => row.machine === machine).flatMap(({ from, to }) => [...from, ...to]),
  ).difference(new Set(['NONE'])),
];
