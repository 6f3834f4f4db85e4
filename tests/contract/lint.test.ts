/** The import rules of the linter hold: a rule whose glob or pattern the linter does not know is silent. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);

const KIT = 'The kit knows no office and no gateway.';
const SHIELD = 'graphql-shield is known in kit/schema/shield.ts alone.';
const OFFICE = 'An office never imports another office, nor the gateway.';
const ABOVE = 'Nothing above a loader sees SQL or an entity manager: go through the kit.';
const LOADS = 'What serves requests at the gateway loads no office (docs/decisions/0001).';
const HOLDS = 'The gateway holds no data of its own.';
const DATABASES = 'Databases are reached through the kit.';

/** What a file of a folder may not import, and the message; nothing when it may. */
const PLANTED: readonly (readonly [folder: string, name: string, message?: string])[] = [
  ['subgraphs/kit/src', '@chengxin/finance/office', KIT],
  ['subgraphs/kit/src', '@chengxin/gateway/offices', KIT],
  ['subgraphs/kit/src', 'graphql-shield', SHIELD],
  ['subgraphs/kit/src/schema/shield', 'graphql-shield'],
  ['subgraphs/kit/src/schema/shield', '@chengxin/finance/office', KIT],
  ['subgraphs/finance/src', '@chengxin/archive/office', OFFICE],
  ['subgraphs/finance/src', '@chengxin/gateway/offices', OFFICE],
  ['subgraphs/finance/src', '@chengxin/college/college', OFFICE],
  ['subgraphs/finance/src', '@chengxin/kit/clock'],
  ['subgraphs/finance/src', 'graphql-shield', SHIELD],
  ['subgraphs/finance/src', '@mikro-orm/core', ABOVE],
  ['subgraphs/finance/src', '@mikro-orm/decorators/legacy'],
  ['subgraphs/finance/src', 'pg', ABOVE],
  ['subgraphs/finance/src/noun', '@chengxin/archive/office', OFFICE],
  ['subgraphs/seventh/src', '@chengxin/finance/office', OFFICE],
  ['gateway/src', '@chengxin/archive/office', LOADS],
  ['gateway/src/limits', '@chengxin/college/college', LOADS],
  ['gateway/src', '@chengxin/kit/clock'],
  ['gateway/src', '@chengxin/kit/database/orm', HOLDS],
  ['gateway/src', '@chengxin/kit/server/office', HOLDS],
  ['gateway/src', '@chengxin/kit/schema/shield', HOLDS],
  ['gateway/src', 'pg', HOLDS],
  ['gateway/college/src', '@chengxin/archive/office'],
  ['gateway/college/src', '@mikro-orm/core', DATABASES],
  ['gateway/college/src', 'type-graphql', DATABASES],
];
/** `…/shield` stands for the one file of that name. */
const fileOf = (folder: string, at: number): string =>
  folder.endsWith('/shield') ? `${folder}.ts` : `${folder}/planted-${at}.ts`;

interface Report {
  readonly diagnostics: readonly { filename: string; help?: string; message: string }[];
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chengxin-lint-'));
  cpSync(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function lint(files: ReadonlyMap<string, readonly string[]>): Promise<string[]> {
  for (const [file, names] of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    const lines = names.map((name) => `export * from '${name}';\n`);
    writeFileSync(join(folder, file), lines.join(''));
  }
  const oxlint = join(ROOT, 'node_modules/oxlint/bin/oxlint');
  const output = await run(process.execPath, [oxlint, '--format=json', '.'], { cwd: folder }).catch(
    // It ends with 1 when it has something to say.
    ({ stdout }: { stdout: string }) => ({ stdout }),
  );
  const { diagnostics } = JSON.parse(output.stdout) as Report;
  return diagnostics.map(({ filename, message, help }) => {
    const [name] = /(?<=')[^']+(?=')/.exec(message) ?? [];
    return `${filename} ${name}: ${help}`;
  });
}

test('what a folder may not import is reported, and what it may is not', async () => {
  const files = new Map<string, string[]>();
  for (const [at, [of, name]] of PLANTED.entries()) {
    const file = fileOf(of, at);
    files.set(file, [...(files.get(file) ?? []), name]);
  }
  const expected = PLANTED.flatMap(([of, name, message], at) =>
    message ? [`${fileOf(of, at)} ${name}: ${message}`] : [],
  );
  expect((await lint(files)).toSorted()).toEqual(expected.toSorted());
});
