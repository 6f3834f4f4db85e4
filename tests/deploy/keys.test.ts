/** Keys of a college on several machines: each party has its own, and what is there stays. */
import { mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keysCommand } from '@chengxin/college/keys-command';
import { signCall, verifyCall } from '@chengxin/kit/call/call';
import { readIssuerKeys } from '@chengxin/kit/call/issuer-keys';
import { readKeyring } from '@chengxin/kit/call/keyring';
import { makePartyKeys } from '@chengxin/kit/call/party-keys';
import { fixedClock } from '@chengxin/kit/clock';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chengxin-keys-'));
});
afterEach(() => rm(folder, { recursive: true }));

const PARTIES = ['gateway', 'archive', 'finance'];
const inFolder = async (party: string) => (await readdir(join(folder, party))).toSorted();
const ringOf = (party: string) => readKeyring(join(folder, party), party);
/** Every file below the folder with what is in it. */
async function everything(): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((e) => join(e.parentPath, e.name));
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const)),
  );
}
/** Whether one party reads what another signed. */
async function reads(reader: string, signer: string): Promise<boolean> {
  const clock = fixedClock('2026-04-12T10:00:00+08:00');
  const letter = { to: reader, path: '/feed', body: Buffer.from('{}') };
  const call = await signCall(await ringOf(signer), clock, letter);
  const { issuer } = await verifyCall(await ringOf(reader), clock, [signer], call, letter);
  return issuer === signer;
}

test('each party has a folder with its own private keys, the public ones of all, and nothing of another', async () => {
  expect(await makePartyKeys(folder, PARTIES)).toEqual(
    new Map(PARTIES.map((party) => [party, 'made'])),
  );

  expect(await inFolder('gateway')).toEqual([
    'credentials.json',
    'gateway.data.key',
    'gateway.private.json',
    'public.json',
  ]);
  expect(await inFolder('finance')).toEqual([
    'decision.key',
    'finance.data.key',
    'finance.private.json',
    'public.json',
  ]);
  expect(await reads('finance', 'gateway')).toBe(true);
  expect(await reads('archive', 'finance')).toBe(true);
  const [archive, finance] = [await ringOf('archive'), await ringOf('finance')];
  expect(finance.decisionKeys).toEqual(archive.decisionKeys);
  expect(finance.dataKey).not.toEqual(archive.dataKey);
});

test('nobody but its owner may read a private key', async () => {
  await makePartyKeys(folder, PARTIES);

  const modes = async (path: string) => (await stat(join(folder, path))).mode & 0o777;
  expect(await modes('finance')).toBe(0o700);
  for (const file of ['finance.private.json', 'finance.data.key', 'decision.key'])
    expect(await modes(join('finance', file))).toBe(0o600);
});

test('what is there stays, and an office that comes later is known to all', async () => {
  await makePartyKeys(folder, ['gateway', 'archive']);
  const before = await everything();

  expect(await makePartyKeys(folder, PARTIES)).toEqual(
    new Map([
      ['gateway', 'kept'],
      ['archive', 'kept'],
      ['finance', 'made'],
    ]),
  );

  const isPublic = ([file]: [string, string]) => file.endsWith('public.json');
  const secrets = Object.entries(before).filter((entry) => !isPublic(entry));
  expect(await everything()).toMatchObject(Object.fromEntries(secrets));
  expect(await reads('archive', 'finance')).toBe(true);
  expect(await reads('finance', 'archive')).toBe(true);
});

test('keys that were taken to their machine are not made anew', async () => {
  await makePartyKeys(folder, PARTIES);
  const elsewhere = await mkdtemp(join(tmpdir(), 'chengxin-machine-'));
  await rename(join(folder, 'finance'), join(elsewhere, 'finance'));

  expect((await makePartyKeys(folder, PARTIES)).get('finance')).toBe('away');

  await rename(join(elsewhere, 'finance'), join(folder, 'finance'));
  await rm(elsewhere, { recursive: true });
  expect(await reads('archive', 'finance')).toBe(true);
});

test('a run that was stopped half-way is taken up: no private key is lost or without its public one', async () => {
  await makePartyKeys(folder, PARTIES);
  const before = await readFile(join(folder, 'finance/finance.private.json'), 'utf8');
  await rm(join(folder, 'public.json'));
  await rm(join(folder, 'archive/archive.private.json'));

  await makePartyKeys(folder, PARTIES);

  expect(await readFile(join(folder, 'finance/finance.private.json'), 'utf8')).toBe(before);
  expect(await readFile(join(folder, 'public.json'), 'utf8')).not.toContain('"d"');
  expect(await reads('archive', 'finance')).toBe(true);
  expect(await reads('finance', 'archive')).toBe(true);
});

test.each([[[]], [['--help']], [['a', 'b']]])(
  'the command says how it is used: %j',
  async (args) => {
    expect(await keysCommand(args)).toBe(2);
  },
);

test('the command makes keys for the gateway and every office', async () => {
  expect(await keysCommand([folder])).toBe(0);

  expect((await readdir(folder)).toSorted()).toEqual([
    'academics',
    'archive',
    'decision.key',
    'finance',
    'gateway',
    'public.json',
    'security',
    'thirdparty',
    'youthleague',
  ]);
});

test('a new key of credentials is put before the old one, of which the public half alone is left', async () => {
  const output = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    expect(await keysCommand([folder])).toBe(0);
    const gateway = join(folder, 'gateway');
    const first = readIssuerKeys(gateway);
    expect(await keysCommand([folder])).toBe(0);
    expect(readIssuerKeys(gateway)?.kid).toBe(first?.kid);
    expect(await keysCommand([folder, '--rotate-credentials'])).toBe(0);
    const second = readIssuerKeys(gateway);
    expect(second?.published.map(({ kid }) => kid)).toEqual([second?.kid, first?.kid]);
    const file = join(gateway, 'credentials.json');
    const kept = JSON.parse(await readFile(file, 'utf8')) as { d?: string }[];
    expect(kept.map(({ d }) => typeof d)).toEqual(['string', 'undefined']);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  } finally {
    output.mockRestore();
  }
});
