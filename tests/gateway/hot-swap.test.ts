import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { startFront } from '@chengxin/college/parts';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { createLog } from '@chengxin/kit/server/log';
import { parse, print, visit, type ASTVisitor, type DirectiveNode } from 'graphql';
import { decodeJwt } from 'jose';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';

const COMMITTED = { description: 'A student. All offices add their facts to this type.' };
const DEADLINE = { timeout: 20_000, interval: 50 };

let folder: string;
let file: string;
let committed: string;
let college: TestCollege;

/** Puts another supergraph in the file's place, whole at once. */
async function put(sdl: string): Promise<void> {
  await writeFile(`${file}.draft`, sdl);
  await rename(`${file}.draft`, file);
}

const changed = (visitor: ASTVisitor): string => print(visit(parse(committed), visitor));

const describedAs = (text: string): string =>
  changed({
    ObjectTypeDefinition: (type) =>
      type.name.value === 'Student'
        ? { ...type, description: { ...type.description!, value: text } }
        : undefined,
  });

const withoutField = (name: string): string =>
  changed({ FieldDefinition: (field) => (field.name.value === name ? null : undefined) });

/** Without the policies of a field, or of all fields and the word for them. */
const unguarded = (name?: string): string =>
  changed({
    FieldDefinition: ({ name: own }) => (name && own.value !== name ? false : undefined),
    Directive: (directive) =>
      directive.name.value === 'policy' || (!name && isPolicyLink(directive)) ? null : undefined,
  });

const isPolicyLink = (directive: DirectiveNode): boolean =>
  directive.name.value === 'link' && print(directive).includes('specs.apollo.dev/policy/');

const DESCRIPTION = '{ __type(name: "Student") { description } }';
const description = async (): Promise<unknown> =>
  (await college.request(null, DESCRIPTION)).data?.['__type'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chengxin-supergraph-'));
  file = join(folder, 'supergraph.graphql');
  committed = await readFile(SUPERGRAPH_FILE, 'utf8');
  await put(committed);
  college = await startCollege({ supergraphFile: file });
});
afterAll(async () => {
  await college.stop();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  await put(committed);
  await vi.waitUntil(async () => isDeepStrictEqual(await description(), COMMITTED), DEADLINE);
});

test('a changed description is served without a restart', async () => {
  await put(describedAs('A student of the college.'));

  await expect.poll(description, DEADLINE).toEqual({ description: 'A student of the college.' });
});

test('a field that the new supergraph lacks is gone, and is back when it has it again', async () => {
  const cohort = () => college.request('T0401', '{ student(studentNo: "2025020415") { cohort } }');
  expect(await cohort()).toEqual({ data: { student: { cohort: 2025 } } });

  await put(withoutField('cohort'));
  await expect.poll(async () => (await cohort()).data, DEADLINE).toBeUndefined();
  expect(await cohort()).toEqual({
    errors: [
      {
        message: 'Cannot query field "cohort" on type "Student".',
        locations: [{ line: 1, column: 38 }],
        extensions: { code: 'VALIDATION' },
      },
    ],
  });

  await put(committed);
  await expect.poll(async () => (await cohort()).errors, DEADLINE).toBeUndefined();
  expect(await cohort()).toEqual({ data: { student: { cohort: 2025 } } });
});

test('every request during the swaps is answered', async () => {
  const answers = new Set<string>();
  let isSwapping = true;
  const keepRequesting = async (): Promise<void> => {
    while (isSwapping) {
      const answer = await college.request(
        'T0401',
        '{ student(studentNo: "2025020415") { name } }',
      );
      answers.add(JSON.stringify(answer));
    }
  };
  const requests = [keepRequesting(), keepRequesting()];

  for (const text of ['The first.', 'The second.', 'The third.']) {
    await put(describedAs(text));
    await expect.poll(description, DEADLINE).toEqual({ description: text });
  }
  isSwapping = false;
  await Promise.all(requests);

  expect([...answers]).toEqual(['{"data":{"student":{"name":"赵文博"}}}']);
});

/** A gateway of the same college whose log is listened to. */
async function startListening() {
  const log = createLog('test', 'silent');
  vi.spyOn(log, 'child').mockImplementation(() => log as never);
  const logged = vi.spyOn(log, 'error');
  const { iss = '', aud = '' } = decodeJwt(await college.token('T0401'));
  const { keys, clock, started } = college;
  const front = await startFront({ offices: [], databases: {}, keys, clock, log }, started, {
    port: 0,
    issuer: iss,
    audience: String(aud),
    supergraphFile: file,
  });
  return {
    front,
    /** Errors in the log: sentence and reason. */
    errors: () =>
      logged.mock.calls.map(([fields, sentence]) => [
        sentence,
        (fields as unknown as { err: Error }).err.message,
      ]),
    async send(query: string): Promise<Answer> {
      const answer = await request(front.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await college.token('T0401')}`,
        },
        body: JSON.stringify({ query }),
      });
      return (await answer.body.json()) as Answer;
    },
  };
}

test.each([
  ['that is cut off', () => committed.slice(0, -2), 'Syntax Error: Expected Name, found <EOF>.'],
  [
    'without its policies',
    () => unguarded(),
    'The supergraph carries no @policy: every field would be open.',
  ],
  [
    'with an unguarded field',
    () => unguarded('idNumber'),
    'The supergraph leaves fields without @policy: Student.idNumber.',
  ],
])('a supergraph %s is refused, and the last good one serves on', async (_, sdl, why) => {
  const { front, errors, send } = await startListening();
  try {
    await put(sdl());
    await expect.poll(() => errors().length, DEADLINE).toBe(1);
    expect(errors()).toEqual([
      [
        'the changed supergraph is refused; the last good one stays',
        `The new supergraph is refused, the last one serves on. ${why}`,
      ],
    ]);

    expect(await send('{ student(studentNo: "2025020415") { name idNumber } }')).toEqual({
      data: { student: { name: '赵文博', idNumber: null } },
      errors: [
        {
          message: '您无权查看此字段。 You may not see this field.',
          path: ['student', 'idNumber'],
          extensions: {
            code: 'FORBIDDEN_FIELD',
            group: 'SENSITIVE_IDENTITY',
            clause: 'FG02',
            rule: 'FIN_CLERK.FG02',
          },
        },
      ],
    });

    await put(describedAs('The next good one.'));
    await expect
      .poll(() => send(DESCRIPTION), DEADLINE)
      .toEqual({ data: { __type: { description: 'The next good one.' } } });
  } finally {
    await front.stop();
  }
});
