/** docs/entry.md, walked: its operations as they stand, from the texts to an active archive (G10, L-10). */
import { join } from 'node:path';
import { office } from '@chengxin/archive/office';
import { Kind, parse, type OperationDefinitionNode } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type Desk } from '../import/desk.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { commandBlocks, type Block } from '../support/command-blocks.js';
import { importer } from '../support/imports.js';
import { runJob } from '../support/jobs.js';

const BLOCKS = commandBlocks(join(import.meta.dirname, '../../docs/entry.md'));
const CLERK = importer('T0001', 'SCHOOL_ADMIN', ['SCHOOL']);
const REVIEWER = importer('T0002', 'SCHOOL_ADMIN', ['SCHOOL']);

let college: TestCollege;
let desk: Desk;
beforeAll(async () => {
  college = await startCollege({ at: '2026-09-01T09:00:00+08:00' });
  desk = await openDesk(college, office);
  await runJob(college, 'archive', 'openAccounts');
});
afterAll(async () => {
  await desk.close();
  await college.stop();
});

type Known = Readonly<Record<string, unknown>>;

/** The leaves of an answer by their response keys: one set, or one for each row of a list. */
function leavesOf(value: unknown): Known[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  let found: Known[] = [{}];
  for (const [key, inner] of Object.entries((value ?? {}) as Known)) {
    const isLeaf = typeof inner !== 'object' || inner === null;
    // A list without rows, as the errors of what is done, says nothing.
    const of = isLeaf ? [{ [key]: inner }] : leavesOf(inner);
    if (of.length) found = found.flatMap((one) => of.map((more) => ({ ...one, ...more })));
  }
  return found;
}

/** What earlier answers showed; of a list each row, until the next answer. */
let known: readonly Known[] = [{}];
/** What each operation answered, in the order of the page. */
const answered: [name: string, answers: readonly unknown[]][] = [];

function requestOf({ kind, text }: Block) {
  const person = kind.split(' ').at(-1) ?? '';
  const operation = parse(text).definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  const names = operation?.variableDefinitions?.map(({ variable }) => variable.name.value) ?? [];
  const headers: Record<string, string> = person.startsWith('T')
    ? { 'x-purpose': 'ADMIN_REVIEW' }
    : {};
  const ask = async (from: Known): Promise<Answer> => {
    for (const name of names) if (!(name in from)) throw new Error(`Nothing showed $${name}.`);
    const variables = Object.fromEntries(names.map((name) => [name, from[name]]));
    return college.request(person, text, { variables, headers });
  };
  return { name: operation?.name?.value ?? '', ask };
}

async function askAll(block: Block): Promise<void> {
  const { name, ask } = requestOf(block);
  const answers: unknown[] = [];
  const shown: Known[] = [];
  for (const from of known) {
    const { data, errors } = await ask(from);
    expect({ name, errors }).toEqual({ name, errors: undefined });
    answers.push(data);
    shown.push(...leavesOf(data).map((leaves) => ({ ...from, ...leaves })));
  }
  answered.push([name, answers]);
  // Rows of a list are passed on to one operation.
  known = known.length > 1 ? shown.slice(-1) : shown;
}

async function importNotice({ text }: Block): Promise<void> {
  const { batchId } = await desk.propose(
    'notice-versions',
    await desk.file('notice-versions.csv', text),
    CLERK,
  );
  expect(await desk.approve(batchId, REVIEWER)).toMatchObject({ rejected: 0, changed: 1 });
}

test('who follows the page has an active archive, each operation as it stands', async () => {
  for (const block of BLOCKS)
    await (block.kind === 'csv notice-versions' ? importNotice(block) : askAll(block));

  const done = { ok: true, errors: [] };
  const drafted = { text: expect.any(String) as unknown, revision: 1, state: 'DRAFT' };
  const textSha256 = expect.stringMatching(/^[0-9a-f]{64}$/) as unknown;
  const published = { state: 'PUBLISHED', textSha256 };
  const archiveVersion = expect.any(Number) as unknown;
  const acknowledged = {
    acknowledgeNotice: { ...done, notice: { state: 'ACKNOWLEDGED' } },
  };
  expect(answered).toEqual([
    ['DraftAgreement', [{ draftTemplate: { ...done, commitmentTemplate: drafted } }]],
    ['PublishAgreement', [{ publishTemplate: { ...done, commitmentTemplate: published } }]],
    ['DraftLetter', [{ draftTemplate: { ...done, commitmentTemplate: drafted } }]],
    ['PublishLetter', [{ publishTemplate: { ...done, commitmentTemplate: published } }]],
    [
      'Notices',
      [
        {
          noticeVersions: [
            {
              noticeVersion: 'N-2026.1',
              title: '个人信息处理告知书',
              validFrom: '2026-08-01',
              validTo: null,
            },
          ],
        },
      ],
    ],
    [
      'Launch',
      [
        {
          launchSigning: {
            ...done,
            signingLaunch: {
              launched: 1,
              offeredAgain: 0,
              agreementVersion: 'A-2026.1',
              commitmentVersion: 'C-2026.1',
            },
          },
        },
      ],
    ],
    [
      'Archive',
      [
        {
          student: {
            archive: { studentNo: '2026010301', state: 'PENDING_SIGNATURE', archiveVersion },
          },
        },
      ],
    ],
    [
      'Guardian',
      [
        {
          recordGuardianConsent: {
            ...done,
            archive: { state: 'PENDING_SIGNATURE', archiveVersion },
          },
        },
      ],
    ],
    ['OwnNotices', [{ myNotices: expect.any(Array) as unknown }]],
    ['Acknowledge', [acknowledged, acknowledged]],
    [
      'OwnEntry',
      [
        {
          me: {
            student: {
              archive: { studentNo: '2026010301', state: 'PENDING_SIGNATURE', archiveVersion },
              account: { subject: '2026010301', accountState: 'CREATED', accountVersion: 1 },
              commitments: [
                {
                  commitment: expect.any(String) as unknown,
                  letterState: 'OFFERED',
                  commitmentVersion: 1,
                },
              ],
            },
          },
        },
      ],
    ],
    [
      'SignAgreement',
      [{ signAgreement: { ...done, archive: { state: 'PENDING_SIGNATURE', archiveVersion } } }],
    ],
    ['SignLetter', [{ signCommitment: { ...done, commitment: { state: 'SIGNED' } } }]],
    ['Activate', [{ activateAccount: { ...done, account: { state: 'ACTIVATED' } } }]],
    [
      'OwnData',
      [
        {
          me: {
            student: {
              name: '王一凡',
              birthDate: '2008-11-20',
              majorCode: 'M0101',
              archive: {
                studentNo: '2026010301',
                state: 'PENDING_VERIFICATION',
                archiveVersion,
                agreementVersion: 'A-2026.1',
                verification: { dueOn: '2026-10-01', state: 'OPEN' },
              },
              agreement: { templateVersion: 'A-2026.1', noticeVersion: 'N-2026.1', textSha256 },
            },
          },
        },
      ],
    ],
    [
      'Confirm',
      [
        {
          confirmProfile: {
            ...done,
            archive: { state: 'ACTIVE', verification: { state: 'CONFIRMED' } },
          },
        },
      ],
    ],
  ]);
  const [, [notices] = []] = answered.find(([name]) => name === 'OwnNotices') ?? [];
  const { myNotices } = notices as { myNotices: { kind: string; state: string }[] };
  expect(myNotices.map(({ kind, state }) => `${kind} ${state}`).toSorted()).toEqual([
    'AGREEMENT SENT',
    'TEMPLATE SENT',
  ]);
});
