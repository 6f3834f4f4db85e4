/** Everybody who is compared, started over the same databases. */
import { writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import type { Person } from '../without/call.js';
import type { PeerCase } from './cases.js';
import { startAnswering, type AnsweringChild, type Child } from './child.js';
import { asContestant, asFloor, type Contestant, type Ground } from './contestant.js';
import type { GatewayStart } from './our-gateway.js';
import { startHive } from './hive-gateway.js';
import { HIVE, HIVE_RUST, OURS, OURS_BARE, STOCK } from './names.js';
import { strippedSupergraph } from './stripped-supergraph.js';

export interface Started {
  readonly contestants: readonly Contestant[];
  /** Who is left out, and why. */
  readonly missing: readonly (readonly [name: string, why: string])[];
  /** Prepares offices that check no signature for the caller of a case. */
  believe(one: PeerCase): Promise<unknown>;
  /** Guarded offices read each other's feeds also when nobody asks: for others they stand still. */
  turnOf(contestant: Contestant): void;
  stop(): Promise<void>;
}

const fileOf = (name: string): string => join(import.meta.dirname, name);

/** Whom offices without signatures take every caller for. */
const personOf = ({ role }: PeerCase, studentNo = ''): Person =>
  role === 'STU_SELF'
    ? { subject: studentNo, role, orgs: [], purpose: 'SELF_SERVICE', studentNo }
    : { subject: 'T0001', role, orgs: ['SCHOOL'], purpose: 'ADMIN_REVIEW' };

/**
 * Start all of them. Who does not come up is named, and the rest goes on.
 *
 * @param notInstalled  Why the peers' packages are not there, if they are not.
 */
export async function startContestants(
  ground: Ground,
  notInstalled: string | undefined,
): Promise<Started> {
  const { folder, databases, studentNos, issuer } = ground;
  const children: Child[] = [];
  const kept = <One extends Child>(child: One): One => {
    children.push(child);
    return child;
  };
  const contestants: Contestant[] = [];
  const stop = async () => {
    await Promise.all(contestants.map((one) => one.close()));
    for (const child of children.toReversed()) await child.stop();
  };
  const missing: (readonly [string, string])[] = [];

  const keys = join(folder, 'keys');
  const answering = (file: string, ...args: string[]) => kept(startAnswering(fileOf(file), args));
  const startOffices = (child: AnsweringChild) =>
    child.ask<Record<string, string>>({ start: { databases, keys } });
  const ours = async (
    name: string,
    offices: AnsweringChild,
    addresses: Readonly<Record<string, string>>,
  ) => {
    const front = answering('our-gateway.js');
    const { issuer: url, audience } = issuer;
    const origin = await front.ask<string>({
      keys,
      issuer: url,
      audience,
      addresses,
    } satisfies GatewayStart);
    contestants.push(asContestant(ground, { name, origin, front, offices }));
  };
  const peer = async (
    name: string,
    offices: AnsweringChild,
    start: () => Promise<{ readonly front: Child; readonly origin: string }>,
  ) => {
    try {
      if (notInstalled) throw new Error(notInstalled);
      const { front, origin } = await start();
      contestants.push(asContestant(ground, { name, origin, front, offices }));
    } catch (error) {
      missing.push([name, error instanceof Error ? error.message : String(error)]);
    }
  };

  try {
    // One after the other: the first brings the databases up to date.
    const guarded = answering('offices.js');
    const guardedAt = await startOffices(guarded);
    const bare = answering('offices.js', 'bare');
    const bareAt = await startOffices(bare);
    const supergraph = join(folder, 'peers.graphql');
    const addressOf = (office: string) => bareAt[office] ?? '';
    writeFileSync(supergraph, strippedSupergraph(readFileSync(SUPERGRAPH_FILE, 'utf8'), addressOf));

    await ours(OURS, guarded, guardedAt);
    await ours(OURS_BARE, bare, bareAt);
    await peer(STOCK, bare, async () => {
      const front = answering('stock-gateway.js');
      return { front, origin: await front.ask<string>({ supergraph }) };
    });
    for (const [name, planner] of [
      [HIVE, 'javascript'],
      [HIVE_RUST, 'rust'],
    ] as const)
      await peer(name, bare, async () => {
        const front = kept(await startHive(supergraph, folder, planner));
        return { front, origin: front.origin };
      });
    contestants.push(await asFloor(ground, answering('floor.js')));
    return {
      contestants,
      missing,
      turnOf: ({ offices }) => (offices === guarded ? guarded.goOn() : guarded.pause()),
      believe: (one) => bare.ask({ believe: personOf(one, studentNos[0]) }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
