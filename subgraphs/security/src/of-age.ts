import type { WorkConfig } from '@chengxin/kit/server/config';
import type { Identity } from '@chengxin/kit/call/identity';
import { OF_AGE_PATH, type Act, type AgeAnswer, type AgeQuestion } from '@chengxin/kit/call/of-age';
import { callOffice } from '@chengxin/kit/call/signed-request';

/** So many acts fit into the body of one call. */
const ACTS_AT_ONCE = 50_000;

const keyOf = ({ studentNo, actOn }: Act): string => `${studentNo} ${actOn}`;

/**
 * The acts of students who were not of age, as the archive says; each act is requested once.
 *
 * @param identity  Who proposes or approves them; none when the office requests for itself.
 * @throws SUBGRAPH_UNAVAILABLE when the archive does not answer.
 */
export async function notOfAge<A extends Act>(
  config: WorkConfig,
  acts: readonly A[],
  identity?: Identity,
): Promise<A[]> {
  const distinct = [...new Map(acts.map((act) => [keyOf(act), act])).values()];
  const refused = new Set<string>();
  for (let from = 0; from < distinct.length; from += ACTS_AT_ONCE) {
    const some = distinct.slice(from, from + ACTS_AT_ONCE);
    const question: AgeQuestion = {
      acts: some.map(({ studentNo, actOn }) => ({ studentNo, actOn })),
    };
    const call = { to: 'archive', path: OF_AGE_PATH, question, identity };
    const { ofAge } = await callOffice<AgeAnswer>(config, call);
    for (const [place, act] of some.entries()) if (ofAge[place] !== true) refused.add(keyOf(act));
  }
  return acts.filter((act) => refused.has(keyOf(act)));
}
