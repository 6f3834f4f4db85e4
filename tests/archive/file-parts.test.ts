/** The stores of files, the scanner and their settings, each by itself (F-14). */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameOf, type FileStore } from '@chengxin/archive/file/file-store';
import { openStore } from '@chengxin/archive/file/stores';
import { mediaTypeOf } from '@chengxin/archive/file/media-type';
import { scan } from '@chengxin/archive/file/scanner';
import { digest as digestOf } from '@chengxin/kit/call/crypto';
import { spooled } from '@chengxin/kit/call/spool';
import { fileSettingsOf, type StoreSettings } from '@chengxin/kit/server/file-settings';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { startBucket } from '../support/bucket-stand-in.js';
import { EICAR, startIcap } from '../support/icap-stand-in.js';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const end of ends.splice(0)) await end();
});

/** A store, and how something strange gets into it. */
interface Opened {
  readonly store: FileStore;
  spoil(name: string): Promise<void>;
}
async function inFolder(): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'chengxin-store-'));
  ends.push(() => rm(folder, { recursive: true }));
  const spoil = (name: string) => writeFile(join(folder, name.slice(0, 2), name), 'other bytes');
  return { store: await openStore({ store: { folder } }), spoil };
}
async function inBucket(): Promise<Opened> {
  const bucket = await startBucket();
  ends.push(bucket.stop);
  const spoil = async (name: string) =>
    void bucket.objects.set(`/files/${name}`, Buffer.from('other bytes'));
  return { store: await openStore({ store: bucket.settings }), spoil };
}

describe.each([
  ['a folder', inFolder],
  ['a bucket', inBucket],
])('In %s', (_, open) => {
  const bytes = Buffer.from([0, 1, 2, 255, 254]);
  const name = nameOf(bytes);

  test('what is put returns as it was, is put twice, and is gone when it is removed', async () => {
    const { store } = await open();
    expect(await store.get(name)).toBeUndefined();
    await store.put(name, bytes);
    await store.put(name, bytes);
    expect(await store.get(name)).toEqual(bytes);
    await store.remove(name);
    await store.remove(name);
    expect(await store.get(name)).toBeUndefined();
  });

  test('bytes that are not those of their name are not there', async () => {
    const { store, spoil } = await open();
    await store.put(name, bytes);
    await spoil(name);
    expect(await store.get(name)).toBeUndefined();
  });
});

test('a folder and its files are for nobody else, and nothing half is left', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'chengxin-store-'));
  ends.push(() => rm(folder, { recursive: true }));
  const store = await openStore({ store: { folder } });
  const name = nameOf(Buffer.from('a'));
  await store.put(name, Buffer.from('a'));
  const inner = join(folder, name.slice(0, 2));
  expect(await readdir(inner)).toEqual([name]);
  const modes = [(await stat(inner)).mode, (await stat(join(inner, name))).mode];
  expect(modes.map((mode) => mode & 0o777)).toEqual([0o700, 0o600]);
});

test('a bucket that refuses is a fault, not an absent file', async () => {
  const bucket = await startBucket();
  ends.push(bucket.stop);
  const store = await openStore({ store: { ...bucket.settings, accessKeyId: 'other' } });
  await expect(store.get(nameOf(Buffer.from('a')))).rejects.toThrow('AccessDenied');
});

describe('The scanner', () => {
  test('frees what it finds nothing in, and names an infection', async () => {
    const icap = await startIcap();
    ends.push(icap.stop);
    expect(await scan(icap.settings, Buffer.from('harmless'))).toBe('CLEAN');
    expect(await scan(icap.settings, Buffer.from(`%PDF-1.4\n${EICAR}`))).toBe('INFECTED');
    expect(await scan(icap.settings, Buffer.alloc(3_000_000, 'x'))).toBe('CLEAN');
    const line = `RESPMOD icap://127.0.0.1:${icap.settings.port}/avscan ICAP/1.0`;
    expect(icap.requests).toEqual([line, line, line]);
  });

  test('that answers unclearly says nothing, and one that hangs up is a fault', async () => {
    const icap = await startIcap();
    ends.push(icap.stop);
    icap.mood = 'UNCLEAR';
    expect(await scan(icap.settings, Buffer.from('harmless'))).toBeUndefined();
    icap.mood = 'SILENT';
    await expect(scan(icap.settings, Buffer.from('harmless'))).rejects.toThrow();
  });
});

test('what a caller sends is spooled where nobody else reads it, and is gone whatever comes of it', async () => {
  const temporary = await mkdtemp(join(tmpdir(), 'chengxin-tmp-'));
  ends.push(() => rm(temporary, { recursive: true }));
  vi.stubEnv('TMPDIR', temporary);
  async function* arriving(fails = false) {
    yield Buffer.from('some ');
    if (fails) throw new Error('gone');
    yield Buffer.from('bytes');
  }
  const seen = await spooled(arriving(), async ({ path, bytes, digest }) => {
    const modes = [(await stat(join(path, '..'))).mode, (await stat(path)).mode];
    return {
      bytes,
      digest,
      text: await readFile(path, 'utf8'),
      modes: modes.map((m) => m & 0o777),
    };
  });
  expect(seen).toEqual({
    bytes: 10,
    digest: digestOf('some bytes'),
    text: 'some bytes',
    modes: [0o700, 0o600],
  });
  const failing = () => Promise.reject(new Error('no office'));
  await expect(spooled(arriving(), failing)).rejects.toThrow('no office');
  await expect(spooled(arriving(true), async () => true)).rejects.toThrow('gone');
  expect(await readdir(temporary)).toEqual([]);
});

test.each([
  ['%PDF-1.7\n', 'application/pdf'],
  ['\u00ff\u00d8\u00ff\u00e0\u0000\u0010JFIF', 'image/jpeg'],
  ['RIFF\u0024\u0000\u0000\u0000WEBPVP8 ', 'image/webp'],
  ['GIF89a', undefined],
  ['<html><script>1</script></html>', undefined],
  ['<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', undefined],
  ['PK\u0003\u0004', undefined],
  ['MZ', undefined],
  ['text', undefined],
])('%j is by its bytes %s', async (text, mediaType) => {
  expect(await mediaTypeOf(Buffer.from(text, 'latin1'))).toBe(mediaType);
});

describe('Settings', () => {
  const S3 = {
    FILE_S3_ENDPOINT: 'https://s3.example.edu',
    FILE_S3_BUCKET: 'files',
    FILE_S3_KEY_ID: 'id',
    FILE_S3_SECRET: 'secret',
  };
  const bucket: StoreSettings = {
    endpoint: 'https://s3.example.edu',
    region: 'us-east-1',
    bucket: 'files',
    accessKeyId: 'id',
    secretAccessKey: 'secret',
  };

  test.each([
    [{}, undefined],
    [{ FILE_SCANNER: 'icap://localhost/scan' }, undefined],
    [{ FILE_FOLDER: '/srv/files' }, { store: { folder: '/srv/files' } }],
    [S3, { store: bucket }],
    [
      { ...S3, FILE_S3_REGION: 'cn-north-1', FILE_SCANNER: 'icap://127.0.0.1:1345/avscan' },
      {
        store: { ...bucket, region: 'cn-north-1' },
        scanner: { host: '127.0.0.1', port: 1345, service: '/avscan' },
      },
    ],
  ])('%j', (env, settings) => {
    expect(fileSettingsOf(env)).toEqual(settings);
  });

  test.each([
    [{ ...S3, FILE_FOLDER: '/srv' }, 'Set FILE_FOLDER or FILE_S3_ENDPOINT, not both.'],
    [
      { ...S3, FILE_S3_ENDPOINT: 'files' },
      'FILE_S3_ENDPOINT is no address, as https://s3.example.edu.',
    ],
    [
      { ...S3, FILE_S3_SECRET: '' },
      'FILE_S3_ENDPOINT needs FILE_S3_BUCKET, FILE_S3_KEY_ID and FILE_S3_SECRET.',
    ],
    [
      { FILE_FOLDER: '/srv', FILE_SCANNER: 'http://localhost/scan' },
      'FILE_SCANNER is no address, as icap://127.0.0.1:1344/avscan.',
    ],
    [
      { FILE_FOLDER: '/srv', FILE_SCANNER: 'icap://localhost' },
      'FILE_SCANNER is no address, as icap://127.0.0.1:1344/avscan.',
    ],
  ])('%j is refused', (env, message) => {
    expect(() => fileSettingsOf(env)).toThrow(message);
  });
});
