/**
 * Clauses in descriptions. `(G6.2)` says to a reader of the code why a field is as it is; to a
 * client it says nothing, so the SDL leaves it out: `The archive (诚信档案, G2.1).` → `The archive
 * (诚信档案).`
 */
const CLAUSES = [
  // The two regulations, and the tasks they give: G9.4b, Z5.1.1.
  String.raw`[GZ]\d+(?:\.\d+)*[a-z]?`,
  // Laws, features, tensions, good conduct, journeys, invariants: L-09, F-03, T-01, P-07, SC-06, INV-07.
  String.raw`(?:L|F|T|P|SC|INV)-\d+`,
  String.raw`R-[A-Z]+`,
  // Sections, their items and the condition notes: 2.4, DOMAIN 3.7(15), 3.4 note 7, notes 28.
  String.raw`(?:DOMAIN )?\d\.\d+[a-z]?(?:\(\d+\))?(?: notes? \d+)?`,
  String.raw`notes? \d+`,
  String.raw`PIPL(?: [\d-]+)?`,
  String.raw`FG\d+`,
].join('|');
const CLAUSE = new RegExp(`^(?:${CLAUSES})$`);
/** With the space before, and one pair of parentheses within. */
const PARENTHESES = / ?\(((?:[^()]|\([^()]*\))*)\)/g;

/** A description without the clauses that stand in its parentheses. */
export const withoutClauses = (text: string): string =>
  text.replaceAll(PARENTHESES, (whole, inner: string) => {
    const parts = inner.split(', ');
    const others = parts.filter((part) => !CLAUSE.test(part));
    if (others.length === parts.length) return whole;
    return others.length > 0 ? whole.replace(inner, others.join(', ')) : '';
  });
