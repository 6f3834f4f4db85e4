/** What a new office and its first noun are called, in every place. */
import { readFileSync } from 'node:fs';
import { OFFICES } from '@chengxin/gateway/offices';
import { CLIENT_SCHEMA_FILE } from '@chengxin/gateway/supergraph-file';
import { buildSchema, isObjectType } from 'graphql';

/** Placeholders of the template: `{{office}}` → `library`. */
export type Names = Readonly<Record<string, string>>;

/** It names a folder, a package, a database, settings of the environment and functions. */
const OFFICE_NAME = /^[a-z][a-z0-9]{1,29}$/;
/** Packages, databases and test folders that are no office's. */
const OTHERS: ReadonlySet<string> = new Set(['kit', 'gateway', 'college', 'tests', 'postgres']);

const capital = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);

function usualPort(): number {
  const ports = OFFICES.map(({ usualUrl }) => Number(new URL(usualUrl).port));
  return Math.max(...ports) + 1;
}

/** Types and fields of the graph that the new noun would be mistaken for. */
function takenIn(sdl: string, noun: string, nouns: string): string[] {
  const schema = buildSchema(sdl, { assumeValidSDL: true });
  const types = ['', 'Kind', 'Filter', 'Connection', 'Edge'].map((end) => `${noun}${end}`);
  const fields = ['Student', 'Query'].filter((name) => {
    const type = schema.getType(name);
    return isObjectType(type) && nouns in type.getFields();
  });
  return [
    ...types.filter((name) => schema.getType(name)),
    ...fields.map((name) => `${name}.${nouns}`),
  ];
}

/**
 * @param office     Name of the new office, as it was typed.
 * @param catalogue  The catalogue of the school: the next number of its first item follows from it.
 * @throws           In words, when the name is no name or is taken.
 */
export function namesOf(office: string | undefined, catalogue: string): Names {
  if (!office || !OFFICE_NAME.test(office))
    throw new Error(
      'npm run new-office -- <name>: small letters and digits, the first one a letter.',
    );
  if (OTHERS.has(office) || OFFICES.some(({ name }) => name === office))
    throw new Error(`The name ${office} is taken.`);
  const noun = `${office}Record`;
  const [taken] = takenIn(readFileSync(CLIENT_SCHEMA_FILE, 'utf8'), capital(noun), `${noun}s`);
  if (taken) throw new Error(`The graph has ${taken} already: the office needs another name.`);
  const codes = [...catalogue.matchAll(/^AAO-(\d+)/gm)].map(([, code]) => Number(code));
  return {
    office,
    Office: capital(office),
    noun,
    Noun: capital(noun),
    nouns: `${noun}s`,
    'noun-file': `${office}-record`,
    table: `${office}_record`,
    port: String(usualPort()),
    catalogueCode: `AAO-${String(Math.max(0, ...codes) + 1).padStart(3, '0')}`,
  };
}

/** A text of the template with its placeholders filled in. */
export const fill = (text: string, names: Names): string =>
  text.replaceAll(/\{\{([\w-]+)\}\}/g, (_, key: string) => {
    const name = names[key];
    if (name === undefined) throw new Error(`The template names {{${key}}}, which is nothing.`);
    return name;
  });
