/**
 * Takes parts of the guard out of this one process, by loading a stand-in for the module that is
 * that part. The product itself has no switch for it, so none can be left open by mistake.
 */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';

/** Which file of the product each part is, and what stands in for it. */
export const STAND_INS = {
  jobs: { '/kit/dist/server/jobs.js': './jobs.js' },
  events: { '/kit/dist/disclosure/write.js': './write.js' },
  shield: {
    '/kit/dist/schema/shield.js': './shield.js',
    '/kit/dist/schema/judge.js': './judge.js',
  },
  access: {
    '/archive/dist/access/decision.js': './decision.js',
    '/archive/dist/access/sealed-decision.js': './sealed-decision.js',
    '/kit/dist/privacy/decision.js': './open-decision.js',
  },
  // What the benchmark of peers takes out as well: they bring neither a signature nor a decision.
  calls: {
    '/kit/dist/call/call.js': './call.js',
    '/kit/dist/read/student.js': './student.js',
  },
  openings: { '/archive/dist/student/opening.js': './opening.js' },
  feeds: { '/kit/dist/feed/reader.js': './reader.js' },
} as const;
export type Part = keyof typeof STAND_INS;

/** Built, this file lies in `tests/dist/bench/without`. */
const OFFICES = new URL('../../../../subgraphs', import.meta.url);

/**
 * From here on these parts are loaded as their stand-ins; who loaded one before keeps it.
 *
 * @throws Error for a part that has moved: nothing would be taken out, and nobody would see it.
 */
export function takeOut(parts: readonly Part[]): void {
  const standIns = parts.flatMap((part) => Object.entries(STAND_INS[part]));
  for (const [file] of standIns)
    if (!existsSync(new URL(`${OFFICES.href}${file}`)))
      throw new Error(`${file} is not there: the part that it was has moved.`);
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      // A stand-in may still read the part that it stands in for.
      if (context.parentURL?.includes('/bench/without/')) return found;
      const standIn = standIns.find(([file]) => found.url.endsWith(file))?.[1];
      return standIn ? { ...found, url: new URL(standIn, import.meta.url).href } : found;
    },
  });
}
