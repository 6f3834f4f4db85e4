/** For those who run the parts: each setting that is read stands in `.env.example`, and no other. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OFFICES } from '@chengxin/gateway/offices';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const SOURCES = [
  'gateway/src/**/*.ts',
  'gateway/college/src/**/*.ts',
  'subgraphs/*/src/**/*.ts',
  'tests/support/*.ts',
];

/** `env['PORT']`, `required(env, 'PORT')`, `env[`${prefix}_PORT`]`, and what is taken out of `env`. */
const BY_NAME = /\benv(?:\[|, )['`](\$\{[^}]+\})?([A-Z_]+)['`]/g;
const TAKEN_OUT = /\{([^{}]*)\} = (?:process\.)?env;/g;
/**
 * No settings: where npm was called, what the gateway sets for a library, and what the tests set
 * for the parts.
 */
const NO_SETTINGS = [
  'INIT_CWD',
  'APOLLO_TELEMETRY_DISABLED',
  'CHENGXIN_WITHOUT_ENV_FILES',
  'TMPDIR',
];

const OFFICE = new RegExp(`^(${OFFICES.map(({ name }) => name.toUpperCase()).join('|')})_`);
/** A setting that each office has, under the name of none. */
const ofAnyOffice = (name: string): string => name.replace(OFFICE, '<OFFICE>_');

function settingsIn(source: string): string[] {
  const named = [...source.matchAll(BY_NAME)].map(
    ([, prefix, name = '']) => `${prefix ? '<OFFICE>' : ''}${name}`,
  );
  const taken = [...source.matchAll(TAKEN_OUT)].flatMap(([, names = '']) =>
    [...names.matchAll(/[A-Z_]{2,}/g)].map(([name]) => name),
  );
  return [...named, ...taken].map(ofAnyOffice);
}

const read = globSync(SOURCES, { cwd: ROOT }).flatMap((file) =>
  settingsIn(readFileSync(join(ROOT, file), 'utf8')),
);
const shown = [
  ...readFileSync(join(ROOT, '.env.example'), 'utf8').matchAll(/^(?:# )?([A-Z_]+)=/gm),
].map(([, name = '']) => ofAnyOffice(name));

const sorted = (names: readonly string[]): string[] => [...new Set(names)].toSorted();

test('each setting that is read is one of .env.example, and the other way round', () => {
  expect(sorted(shown)).toEqual(sorted(read.filter((name) => !NO_SETTINGS.includes(name))));
});
