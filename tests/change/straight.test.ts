/**
 * Every mutation once straight at its office: without a call context, with one that another office
 * signed, with one for another office, and with another body than was signed. None of them comes as far
 * as the graph (0.2, 3.1).
 */
import { isDeepStrictEqual } from 'node:util';
import { builtMutations } from '@chengxin/kit/action/built';
import { signCall } from '@chengxin/kit/call/call';
import { readKeyring } from '@chengxin/kit/call/keyring';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { GRAPH, postOffice, REFUSED } from '../support/straight.js';

const GATEWAY = 'gateway';
const OFFICES = ['academics', 'archive', 'finance', 'security', 'thirdparty', 'youthleague'];

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

interface Forged {
  readonly issuer: string;
  readonly to: string;
  readonly signed: string;
}

/** The header of a call as somebody signs it. */
async function headerOf({ issuer, to, signed }: Forged, role: string): Promise<string> {
  const keyring = await readKeyring(college.keys, issuer);
  const identity = importer('T0001', role as never);
  return signCall(keyring, college.clock, { to, path: GRAPH, body: signed }, identity);
}

test('no mutation is taken without the gateway’s own call for this office and this body', async () => {
  const taken: string[] = [];
  for (const { name, entrance, office, roles } of builtMutations()) {
    const body = JSON.stringify({ query: `mutation { ${entrance} { ok } }` });
    const [role = ''] = roles;
    const other = OFFICES.find((one) => one !== office) ?? '';
    const calls = {
      'no call': undefined,
      'of another office': await headerOf({ issuer: other, to: office, signed: body }, role),
      'for another office': await headerOf({ issuer: GATEWAY, to: other, signed: body }, role),
      'of another body': await headerOf({ issuer: GATEWAY, to: office, signed: '{}' }, role),
    };
    for (const [what, call] of Object.entries(calls))
      if (!isDeepStrictEqual(await postOffice(college, office, GRAPH, body, call), REFUSED))
        taken.push(`${name}: ${what}`);
  }
  expect(taken).toEqual([]);
  expect(builtMutations().length).toBeGreaterThan(100);
});
