/** The decision on a student as it goes to the other offices, with what is written down of it. */
import type { Context } from '@chengxin/kit/call/context';
import type { Identity } from '@chengxin/kit/call/identity';
import { writeRuled, writeRulings } from '@chengxin/kit/privacy/decision';
import { isAboutStudent, type Group } from '@chengxin/kit/privacy/groups';
import { responsePathAsArray, type GraphQLResolveInfo } from 'graphql';

type Path = GraphQLResolveInfo['path'] | undefined;

const ENTITIES = '_entities';

/** What the operation selects of the student who stands there; all that it selects, when unknown. */
function groupsAt({ selection, groups }: Identity, path: Path): readonly Group[] {
  if (!selection) return groups;
  const keys = responsePathAsArray(path).filter((step) => typeof step === 'string');
  const below = keys.filter((key) => key !== ENTITIES);
  const where = [selection.at, ...below].filter(Boolean).join('.');
  return Object.hasOwn(selection.groups, where) ? (selection.groups[where] ?? groups) : groups;
}

/**
 * Authenticate the decision on a student for the offices of which he is requested next. What is
 * selected of him there is written down here, before the decision leaves, once for all of them
 * (ARCHITECTURE §4, INV-12, docs/decisions/0050).
 *
 * @param path  Of the student in the answer.
 */
export function sealedDecision(ctx: Context, studentNo: string, path: Path): string | null {
  const { identity, disclosures, sealing } = ctx;
  const decision = ctx.decisionOn(studentNo);
  if (!decision) return null;
  const { rulings } = decision;
  const recorded = groupsAt(identity, path).filter(isAboutStudent);
  for (const group of recorded)
    disclosures.record(studentNo, group, rulings.get(group)?.effect ?? 'DENY');
  return sealing.access(studentNo, writeRuled(writeRulings(rulings), recorded), decision);
}
