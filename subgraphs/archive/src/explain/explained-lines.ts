/** From the lines of a view to what one caller reads of them. Pure. Source: DOMAIN 4.8. */
import type { Line } from '../credit/credit-record.js';
import type { RuleSet } from '../credit/rule-set.js';
import type { ExplainedLine } from './explanation.entity.js';
import {
  appealWords,
  capWords,
  factorsOf,
  fadesOf,
  howToRepair,
  lineWords,
  WITHHELD,
} from './explain.rules.js';
import type { KnownRecord } from './records-behind.loader.js';

interface Explained {
  readonly studentNo: string;
  readonly rules: RuleSet;
  /** Numbers of an earlier rule set that is the milder one for a line (INV-16). */
  readonly rulesOf: (version: string) => RuleSet;
  readonly lines: readonly Line[];
  readonly known: ReadonlyMap<string, KnownRecord>;
  /** Day that the lines are of; what fades, fades after it. */
  readonly asOf: string;
  readonly today: string;
}

/** A line of a record that the caller reads. */
function ofRecord(
  { studentNo, rulesOf, rules: own, asOf, today }: Explained,
  line: Line,
  record: KnownRecord,
) {
  const rules = line.ruleSet === undefined ? own : rulesOf(line.ruleSet);
  const { behind, toRepair, conductRecord, goodRecord } = record;
  const factors = factorsOf(rules, line, behind);
  const fades = fadesOf(rules, line, behind, asOf)?.map((one) => ({ studentNo, ...one }));
  return {
    recordId: line.recordId,
    indicatorCode: line.indicatorCode,
    ruleSetVersion: rules.version,
    words: lineWords(line, factors, behind),
    factors: factors.map((one) => ({ studentNo, ...one })),
    appeal: appealWords(line, behind),
    fades,
    conductRecord,
    goodRecord,
    repair: toRepair && howToRepair(toRepair, today),
  };
}

function rest(explained: Explained, line: Line): object {
  const { rules, known } = explained;
  if (line.capCode)
    return {
      capCode: line.capCode,
      words: capWords(rules, line.capCode, line.points),
      appeal: appealWords(line, undefined),
    };
  const record = known.get(line.recordId ?? '');
  return record ? ofRecord(explained, line, record) : { words: WITHHELD };
}

/** Every line, in its place; of a record that is not known to the caller its points alone. */
export const explainedLines = (explained: Explained): ExplainedLine[] =>
  explained.lines.map((line, index) => ({
    studentNo: explained.studentNo,
    seq: index + 1,
    points: line.points,
    ...rest(explained, line),
  }));
