/** What the parser would have to do, before it does it. Pure, and linear in the text. */
import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';

export interface Scanned {
  readonly tokens: number;
  /** Brackets within one another: the parser calls itself for each. */
  readonly nesting: number;
}

const OPENING: ReadonlySet<string> = new Set([
  TokenKind.BRACE_L,
  TokenKind.BRACKET_L,
  TokenKind.PAREN_L,
]);
const CLOSING: ReadonlySet<string> = new Set([
  TokenKind.BRACE_R,
  TokenKind.BRACKET_R,
  TokenKind.PAREN_R,
]);

/** Counts up to what is no token; the parser will say what is wrong there. */
export function scan(text: string): Scanned {
  const lexer = new Lexer(new Source(text));
  let [tokens, nesting, open] = [0, 0, 0];
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      tokens += 1;
      if (OPENING.has(token.kind)) nesting = Math.max(nesting, ++open);
      else if (CLOSING.has(token.kind)) open -= 1;
    }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
  }
  return { tokens, nesting };
}
