/** Who writes, with what: a call of a person, or a job, which nobody asked for (ARCHITECTURE §7). */
import { randomUUID } from 'node:crypto';
import type { Context } from '../call/context.js';
import type { Identity } from '../call/identity.js';
import type { Keyring } from '../call/keyring.js';
import { dayOf } from '../clock.js';
import type { EntityManager } from '../database/orm.js';

/** What a change needs to be written and logged. */
export type Writer = Pick<Context, 'em' | 'keyring' | 'identity' | 'now' | 'today'>;

/** A job has no role of a person: its lines in the log are the operator's, in the job's own name. */
const identityOf = (job: string): Identity => ({
  subject: `job:${job}`,
  role: 'SYS_OPERATOR',
  orgs: [],
  purpose: 'OPERATIONS',
  requestId: randomUUID(),
  groups: [],
  deniedAtGateway: [],
});

/** The writer of a job, in a transaction of its own. */
export const jobWriter = (
  job: string,
  { em, keyring, at }: { em: EntityManager; keyring: Keyring; at: Date },
): Writer => ({ em, keyring, identity: identityOf(job), now: at, today: dayOf(at) });
