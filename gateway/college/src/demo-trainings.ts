/** The training that the administrators of the demo college have passed: without it no file grants them (G5.2). */
import { dayOf } from '@chengxin/kit/clock';
import type { College } from './college.js';
import { asPerson, requireDone, type Done } from './demo-request.js';
import { OFFICE_PEOPLE } from './office-people.js';

/** Whom the demo's grants make administrators of a college. */
export const TRAINED: readonly string[] = ['T0110', 'T0120', 'T0210'];

const RECORD = `mutation ($request: ID!, $staffNo: ID!, $passedOn: Date!) {
  done: recordTraining(clientMutationId: $request, staffNo: $staffNo, title: "专职管理员培训",
    passedOn: $passedOn) { ok errors { message } } }`;

/**
 * Record the passes. What a torn seeding of the same day recorded is not recorded again.
 *
 * @throws Error when one of them is refused.
 */
export async function recordTrainings(
  { gateway: { url } }: College,
  tokenOf: (person: string) => Promise<string>,
  now: Date,
): Promise<void> {
  const [clerk = ''] = OFFICE_PEOPLE['archive'] ?? [];
  const ask = asPerson(url, await tokenOf(clerk));
  const passedOn = dayOf(now);
  for (const staffNo of TRAINED) {
    const request = `demo-training-${staffNo}-${passedOn}`;
    const { done } = await ask<{ done: Done }>(RECORD, { request, staffNo, passedOn });
    requireDone('The training of an administrator', done);
  }
}
