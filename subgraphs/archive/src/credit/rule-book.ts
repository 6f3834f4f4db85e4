/** The rule sets that score, or scored, and from which day each is in force. Source: DOMAIN 4.8, INV-16. */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { BadRecord } from './credit-record.js';
import type { CreditFacts } from './credit.rules.js';
import { readRuleSet, ruleSetOf, type RuleSet } from './rule-set.js';

export interface RuleBook {
  /**
   * The numbers of a version, in force or not.
   *
   * @throws Error for a version that there is not.
   */
  of(version: string): RuleSet;
  /** The set in force on a day; before the first of all, that one. */
  inForceOn(day: string): RuleSet;
  /** Records, each with the sets that were in force between its finding and a day (INV-16). */
  facts(facts: CreditFacts, on: string): CreditFacts;
  /** The same as if another set were in force from the next day on: all was found before it. */
  factsBefore(facts: CreditFacts, on: string): CreditFacts;
  /** The same of a bad record. */
  bad<Record extends BadRecord>(record: Record, on: string): Record;
}

interface Row {
  readonly version: string;
  /** JSON; null of the set that the product is installed with. */
  readonly parameters: string | null;
  readonly effectiveFrom: string | null;
  readonly state: string;
}

const SETS = `
  select version, parameters, effective_from::text as "effectiveFrom", state
  from rule_set order by effective_from, version`;

/** What a version says never changes: its numbers are read once, by their text. */
const read = new Map<string, RuleSet>();
function numbersOf({ version, parameters }: Row): RuleSet {
  const key = parameters ?? version;
  const known = read.get(key);
  if (known) return known;
  const rules = parameters === null ? readRuleSet(version) : ruleSetOf(version, parameters);
  read.set(key, rules);
  return rules;
}

const IN_FORCE: ReadonlySet<string> = new Set(['ACTIVE', 'RETIRED']);

/** All rule sets, in one statement. */
export async function readRuleBook(em: EntityManager): Promise<RuleBook> {
  const rows = await execute<Row>(em, SETS);
  const sets = rows.filter(({ state }) => IN_FORCE.has(state));
  const indexOn = (day: string) =>
    Math.max(
      0,
      sets.findLastIndex(({ effectiveFrom }) => (effectiveFrom ?? '') <= day),
    );
  const at = (index: number): RuleSet => {
    const row = sets[index];
    if (!row) throw new Error('No rule set is in force.');
    return numbersOf(row);
  };
  const since = (from: string, until: number): readonly RuleSet[] =>
    sets.slice(indexOn(from), until).map(numbersOf);
  const marked = <T extends object>(record: T, earlierRules: readonly RuleSet[]): T =>
    earlierRules.length ? { ...record, earlierRules } : record;
  const bad = <T extends BadRecord>(record: T, on: string) =>
    marked(record, since(record.effectiveOn, indexOn(on)));
  const factsUntil = (facts: CreditFacts, until: number): CreditFacts => ({
    bad: facts.bad.map((record) => marked(record, since(record.effectiveOn, until))),
    good: facts.good.map((record) => marked(record, since(record.occurredOn, until))),
  });
  return {
    bad,
    facts: (facts, on) => factsUntil(facts, indexOn(on)),
    factsBefore: (facts, on) => factsUntil(facts, indexOn(on) + 1),
    of(version) {
      const row = rows.find((one) => one.version === version);
      if (!row) throw new Error(`There is no rule set ${version}.`);
      return numbersOf(row);
    },
    inForceOn: (day) => at(indexOn(day)),
  };
}
