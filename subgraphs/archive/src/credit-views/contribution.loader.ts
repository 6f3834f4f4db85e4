/** Bands of students, from each office that contributes to a release. Source: DOMAIN 3.6. */
import { randomUUID } from 'node:crypto';
import { verifyCall } from '@chengxin/kit/call/call';
import {
  CONTRIBUTION_PATH,
  type Bands,
  type Contribution,
  type ContributionQuestion,
  type SignedContribution,
} from '@chengxin/kit/call/contribution';
import { callOffice } from '@chengxin/kit/call/signed-request';
import { fault } from '@chengxin/kit/errors';
import type { WorkConfig } from '@chengxin/kit/server/config';

const LEVELS = ['NONE', 'CLASS', 'COLLEGE', 'SCHOOL', 'PROVINCE', 'STATE'];
/** What each office may say: a band, and nothing that would be a fact. */
const CONTRIBUTORS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  academics: {
    gpaBand: ['NONE', '0.00-1.99', '2.00-2.99', '3.00-3.49', '3.50-4.00'],
    examViolationBand: ['NONE', 'MINOR', 'GRAVE'],
  },
  youthleague: { practiceHoursBand: ['0', '1-19', '20-49', '50+'], cadreLevel: LEVELS },
};

/** @throws Error for anything but the columns of the office with their bands. */
function checkBands(office: string, given: Bands): void {
  const columns = Object.entries(CONTRIBUTORS[office] ?? {});
  const isWhole =
    Object.keys(given).length === columns.length &&
    columns.every(([column, bands]) => bands.includes(given[column] ?? ''));
  if (!isWhole) throw new Error(`${office} contributes something else than its bands.`);
}

/** @throws SUBGRAPH_UNAVAILABLE where the office does not answer as it must. */
async function bandsFrom(
  config: WorkConfig,
  office: string,
  onDay: string,
  studentNos: readonly string[],
): Promise<readonly Bands[]> {
  const { keyring, clock } = config;
  const question: ContributionQuestion = { nonce: randomUUID(), onDay, studentNos };
  const called = { to: office, path: CONTRIBUTION_PATH, question };
  const { text, call } = await callOffice<SignedContribution>(config, called);
  try {
    const arrived = { path: CONTRIBUTION_PATH, body: Buffer.from(text) };
    await verifyCall(keyring, clock, [office], call, arrived);
    const { nonce, bands } = JSON.parse(text) as Contribution;
    if (nonce !== question.nonce) throw new Error('The answer is to another question.');
    if (bands.length !== studentNos.length) throw new Error('Some students are missing.');
    for (const one of bands) checkBands(office, one);
    return bands;
  } catch (cause) {
    throw Object.assign(fault('SUBGRAPH_UNAVAILABLE', office), { cause });
  }
}

/**
 * The bands of some students as of a day, of every office together, in their order.
 *
 * @throws SUBGRAPH_UNAVAILABLE when one office does not answer: there are no half ones.
 */
export async function contributionsOf(
  config: WorkConfig,
  onDay: string,
  studentNos: readonly string[],
): Promise<Bands[]> {
  const offices = Object.keys(CONTRIBUTORS);
  const answers = await Promise.all(
    offices.map((office) => bandsFrom(config, office, onDay, studentNos)),
  );
  return studentNos.map((_, place) => Object.assign({}, ...answers.map((bands) => bands[place])));
}
