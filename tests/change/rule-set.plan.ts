import { createHash, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '@chengxin/kit/clock';
import type { TestCollege } from '../support/college.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import type { NounPlan, Seeded } from './plans.js';

const FILE = join(import.meta.dirname, '../../subgraphs/archive/data/rule-sets/CR-2026.1.json');

/** The numbers of the installed set, as a draft gives them, with others in place of some. */
export function draftedNumbers(more: object = {}): string {
  const {
    version: _,
    source: __,
    ...numbers
  } = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, unknown>;
  return JSON.stringify({ ...numbers, ...more });
}

const aVersion = (): string =>
  `T${'ABCDEFGH'[randomInt(8)]}-${randomInt(1000, 9999)}.${randomInt(1, 999)}`;

/** A meeting that was held after the comments, with its resolution. */
export async function resolvedAt(college: TestCollege, heldOn: string): Promise<string> {
  const no = `R-${heldOn}`;
  await asOwner(
    college,
    'archive',
    `with m as (
       insert into meeting (meeting_id, year, organiser, planned_on, state, head_approved_on, held_on)
       values ($1, extract(year from $2::date), 'PCO', $2, 'HELD', $2, $2) on conflict do nothing)
     insert into resolution (resolution_no, meeting_id, title) values ($1, $1, '评价规则')
     on conflict do nothing`,
    [no, heldOn],
  );
  return no;
}

/** The back-test that the latest seeded set may be activated by, and a day after those before. */
const latest = { backTestId: '', days: 0 };

/** The latest set that scores or scored. */
async function theLatest(college: TestCollege, state: string) {
  const sql = `
    update rule_set set state = $1 where id = (select id from rule_set
      where state in ('ACTIVE', 'RETIRED') order by effective_from desc limit 1)
    returning id, revision as version, version as code`;
  const [row] = await asOwner<{ id: string; version: number; code: string }>(
    college,
    'archive',
    sql,
    [state],
  );
  if (!row) throw new Error('No rule set is in force.');
  return row;
}

async function seedRuleSet(college: TestCollege, state: string): Promise<Seeded> {
  if (state === 'ACTIVE') return theLatest(college, 'ACTIVE');
  const parameters = draftedNumbers();
  const sha256 = createHash('sha256').update(parameters).digest('hex');
  const version = aVersion();
  const { id = '' } = await put(college, 'archive', 'rule_set', {
    version,
    state,
    parameters,
    sha256,
    recorded_by: 'T9999',
    recorded_at: '2026-03-01T00:00:00Z',
    ...(state === 'DRAFT' ? {} : { comment_from: '2026-03-02', comment_until: '2026-03-20' }),
    ...(state === 'RETIRED' && { effective_from: '2025-01-01' }),
  });
  const test = await put(college, 'archive', 'rule_set_back_test', {
    rule_set: version,
    sha256,
    // Retired already, so that an activation changes one row.
    compared_with: (await theLatest(college, 'RETIRED')).code,
    on_day: '2026-04-11',
    computed_at: '2026-04-11T00:00:00Z',
    students: 0,
    spread: '[]',
  });
  latest.backTestId = test['id'] ?? '';
  return { id, version: 1 };
}

export const ruleSetPlan: NounPlan = {
  noun: 'RuleSet',
  office: 'archive',
  table: 'rule_set',
  fields: 'id state revision',
  oneAtATime: true,
  prepare: (college) => resolvedAt(college, '2026-04-02'),
  seed: (college, _, state) => seedRuleSet(college, state),
  opening: () => Promise.resolve({ ruleSetVersion: aVersion(), parameters: draftedNumbers() }),
  more: {
    'ruleSet.approve': { resolutionNo: 'R-2026-04-02' },
    'ruleSet.activate': {
      // Read once the row is seeded.
      get backTestId() {
        return latest.backTestId;
      },
      get effectiveFrom() {
        latest.days += 1;
        return addDays('2027-01-01', latest.days);
      },
    },
  },
};
