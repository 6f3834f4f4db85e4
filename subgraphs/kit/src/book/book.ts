/** `docs/privacy.md`: the reviewed tables as one document that people can read and sign. */
import { GROUPS } from '../privacy/groups.js';
import { cell, mayStandInList } from '../privacy/matrix.js';
import { actionsTable, jobsTable } from './actions.js';
import { cellsTable, conditionsTable, rolesTable, rowsTable } from './cells.js';
import { table } from './markdown.js';
import { masksTable } from './masks.js';
import { AUDIENCES, contentOf, groundOf, rolesOf, type Audience } from './words.js';

const INTRODUCTION = `# Who may see and do what

## How to read this

Every field of the graph belongs to one or more **groups**; part 1 lists them. Parts 2 to 4 say for
each **role** what it may read of each group and what it may do: first the person and school roles,
then the offices, then evaluators and everybody outside. A request runs under one role. The letter in
a cell is its **effect**: **A** all of it, **M** a masked part of it, **G** only inside statistics,
**·** nothing. The number behind it is a **condition**: the cell is open only as its note says. Where a
field stands under several groups, all must be open and the strictest effect holds. **Rows** names what
is narrowed further: rows that do not pass are as if they did not exist, in lists and counts too.
**Masks** says what is left of a masked group. A group that may not stand in a list is read on one
student only. Reading never implies doing: what is not named under **May do** nobody of that part may.

The group \`STATISTICS\` is open to everybody, because what stands in it has noise: how much, what it
spends of the privacy budget and how far a figure carries is in [statistics.md](statistics.md).

The offices' own \`privacy.md\` say of every single field in which group it is. Signing a part means:
these cells, conditions and actions are what we decided.`;

const TITLES: Readonly<Record<Audience, string>> = {
  SUBJECT: 'The student, school roles, audit and operations',
  OFFICE: 'Offices',
  OUTSIDE: 'Evaluators, services and outside parties',
};

const groupsTable = (): readonly string[] =>
  table(
    ['code', 'group', 'content', 'reason', 'in lists of students'],
    GROUPS.map((group) => [
      cell('PUBLIC', group).clause,
      `\`${group}\``,
      contentOf(group),
      groundOf(group),
      mayStandInList(group) ? (group === 'TUITION' ? 'the category only' : 'yes') : '',
    ]),
  );

/** A heading with what stands under it; nothing when there is nothing. */
const under = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length ? [`### ${title}`, '', ...lines] : [];

const SIGNATURES = [
  ...under('Reviewed and signed', [
    '| office | name | date | signature |',
    '|---|---|---|---|',
    '| | | | |',
    '| | | | |',
    '',
  ]),
];

function part(audience: Audience, index: number): readonly string[] {
  const roles = rolesOf(audience);
  return [
    `## ${index + 2}. ${TITLES[audience]}`,
    '',
    ...under('Roles and purposes', rolesTable(roles)),
    ...under('May read', cellsTable(roles)),
    ...under('Conditions', conditionsTable(roles)),
    ...under('Rows', rowsTable(roles)),
    ...under('Masks', masksTable(roles)),
    ...under('May do', actionsTable(roles)),
    ...SIGNATURES,
  ];
}

/** The whole document, without its first line. */
export const privacyBook = (): string =>
  [
    INTRODUCTION,
    '',
    '## 1. Groups',
    '',
    ...groupsTable(),
    ...AUDIENCES.flatMap(part),
    '## 5. What the system does by itself',
    '',
    ...jobsTable(),
  ].join('\n');
