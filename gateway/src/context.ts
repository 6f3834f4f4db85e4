import type { Identity, StudentSelection } from '@chengxin/kit/call/identity';
import type { Group } from '@chengxin/kit/privacy/groups';

/** What one request to the gateway carries through planning and fetching. */
export interface GatewayContext {
  /** The caller; the static filter adds what the operation selects, before any call is signed. */
  identity: Identity;
  /** Groups selected of students, by where they stand in the answer to what is forwarded. */
  studentGroups?: StudentSelection['groups'];
  /** What the archive's decisions on students of this request rule; it goes on with them. */
  readonly ruled?: Map<string, string>;
  /** Nothing is executed: the answer says what the caller would get (`x-dry-run`). */
  readonly dryRun?: boolean;
  /** The caller, by what the archive says now; of the same request. Gone once it was used. */
  identifyAgain?: () => Promise<Identity>;
}

/** An operation's name, the groups that it selects and those denied at the gateway. */
export interface SelectedGroups {
  readonly groups: readonly Group[];
  /** Groups of each leaf. */
  readonly leaves: readonly (readonly Group[])[];
  readonly deniedAtGateway: readonly Group[];
  readonly name: string | undefined;
}

/** A name says what an operation is for; longer ones say something else. */
export const NAME_AT_MOST = 100;

/** The identity with what one operation selects. */
export const withOperation = (
  identity: Identity,
  { groups, leaves, deniedAtGateway, name }: SelectedGroups,
): Identity => ({
  ...identity,
  groups,
  ...(identity.role === 'EMPLOYER_TOKEN' && { leaves }),
  deniedAtGateway,
  ...(name && { operationName: name.slice(0, NAME_AT_MOST) }),
});
