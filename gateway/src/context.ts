import type { Identity } from '@chengxin/kit/identity';
import type { Group } from '@chengxin/kit/privacy/groups';

/** What one request to the gateway carries through planning and fetching. */
export interface GatewayContext {
  /** Who asks; `groups` and `struck` are filled in by the static filter, before any call is signed. */
  identity: Identity;
  /** Nothing is executed: the answer says what the caller would get (`x-dry-run`). */
  readonly dryRun?: boolean;
}

/** The identity with the groups that one operation asks and those struck from it. */
export const withGroups = (
  identity: Identity,
  groups: readonly Group[],
  struck: readonly Group[],
): Identity => ({ ...identity, groups, struck });
