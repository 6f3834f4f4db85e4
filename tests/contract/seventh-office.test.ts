/**
 * A seventh office within the hour (STYLE §1): what the library office below takes is all that one
 * needs. It is composed with the committed schemas, migrated, started and asked.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeSupergraph } from '@chengxin/college/compose';
import { OFFICES } from '@chengxin/gateway/offices';
import { buildOfficeSchema } from '@chengxin/kit/schema/federation';
import { dropDatabase, provisionDatabase } from '@chengxin/kit/database/provision';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { office as library } from './template/office.js';

const ROOT = join(import.meta.dirname, '../..');
const adminUrl = inject('adminUrl');
const database = `${inject('templates')}_library`;
let folder: string;
let college: TestCollege;

async function supergraphWithLibrary(): Promise<string> {
  const services = await Promise.all(
    OFFICES.map(async ({ name }) => ({
      name,
      sdl: await readFile(join(ROOT, 'subgraphs', name, 'schema.graphql'), 'utf8'),
    })),
  );
  const { sdl } = await buildOfficeSchema(library);
  return composeSupergraph([...services, { name: library.name, sdl }]);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chengxin-seventh-'));
  const supergraphFile = join(folder, 'supergraph.graphql');
  await writeFile(supergraphFile, await supergraphWithLibrary());
  const passwords = { owner: 'test-owner', app: 'test-app' };
  const own = await provisionDatabase({ adminUrl, database, passwords });
  college = await startCollege({ supergraphFile, more: [{ definition: library, database: own }] });
  const { orm } = college.started.offices.get(library.name) ?? {};
  await orm?.em.fork().getConnection().execute(`
    insert into loan (id, student_no, version, recorded_by, recorded_at, approved_by, approved_at, title, due_on)
    values (gen_random_uuid(), '2024010317', 1, 'T9001', now(), 'T9002', now(), '数据库系统概论', '2026-05-01')`);
});
afterAll(async () => {
  await college.stop();
  await dropDatabase({ adminUrl, database });
  await rm(folder, { recursive: true });
});

const QUERY = `{ student(studentNo: "2024010317") { name loans { title dueOn recordedBy } } }`;

test('a seventh office composes and answers the student himself', async () => {
  expect(await college.ask('2024010317', QUERY)).toEqual({
    data: {
      student: {
        name: '李思源',
        loans: [{ title: '数据库系统概论', dueOn: '2026-05-01', recordedBy: null }],
      },
    },
    errors: [
      {
        message: expect.any(String),
        path: ['student', 'loans', 0, 'recordedBy'],
        extensions: {
          code: 'FORBIDDEN_FIELD',
          group: 'STAFF_IDENTITY',
          clause: 'FG43',
          rule: 'STU_SELF.FG43',
        },
      },
    ],
  });
});

test('it refuses whoever the matrix refuses, without a line of its own', async () => {
  const answer = await college.ask(
    'T0401',
    `{ student(studentNo: "2024010317") { loans { title } } }`,
  );
  expect(answer).toEqual({
    data: { student: { loans: null } },
    errors: [
      {
        message: expect.any(String),
        path: ['student', 'loans'],
        extensions: {
          code: 'FORBIDDEN_FIELD',
          group: 'GRADES',
          clause: 'FG08',
          rule: 'FIN_CLERK.FG08',
        },
      },
    ],
  });
});
