/** Reads the XML of a part as it comes, element by element. */
import sax from 'sax';
import { damaged } from './zip.js';

/** Attributes by name, without namespace prefixes. */
type Attributes = Readonly<Record<string, string>>;

export interface Listener {
  open(element: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(element: string): void;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

const localKeys = (attributes: Record<string, string>): Attributes =>
  Object.keys(attributes).some((name) => name.includes(':'))
    ? Object.fromEntries(Object.entries(attributes).map(([name, value]) => [local(name), value]))
    : attributes;

/**
 * What a listener finds in a part, in portions.
 *
 * @param listen  Gets `found`, to be called with each thing that is found.
 * @throws        `VALIDATION` for XML that is not well formed, or that defines entities of its own.
 */
export async function* elements<T>(
  text: AsyncIterable<string>,
  listen: (found: (thing: T) => void) => Listener,
): AsyncGenerator<T[], void> {
  let portion: T[] = [];
  const { open, text: onText, close } = listen((thing) => portion.push(thing));
  const parser = sax.parser(true, { position: false });
  const refuse = (cause?: unknown) => {
    throw damaged(cause);
  };
  parser.onerror = refuse;
  parser.ondoctype = refuse;
  parser.onopentag = ({ name, attributes }) =>
    open(local(name), localKeys(attributes as Record<string, string>));
  if (onText) parser.ontext = parser.oncdata = onText;
  if (close) parser.onclosetag = (name) => close(local(name));
  for await (const piece of text) {
    parser.write(piece);
    if (portion.length > 0) yield portion;
    portion = [];
  }
  parser.close();
  if (portion.length > 0) yield portion;
}

/** Everything that a listener finds in a small part. */
export async function everything<T>(
  text: AsyncIterable<string>,
  listen: (found: (thing: T) => void) => Listener,
): Promise<T[]> {
  const all: T[] = [];
  for await (const portion of elements(text, listen)) all.push(...portion);
  return all;
}
