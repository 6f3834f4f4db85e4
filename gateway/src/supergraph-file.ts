import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '@chengxin/kit/server/log';
import { supergraphSource, type SupergraphSource } from './privacy/supergraph-source.js';

/** The composed and committed supergraph. */
export const SUPERGRAPH_FILE = join(import.meta.dirname, '../supergraph.graphql');

/** What clients may select, generated for their code generators. */
export const CLIENT_SCHEMA_FILE = join(import.meta.dirname, '../client.graphql');

/** How often the file is looked at: one `stat`, which works where change events do not. */
const LOOK_MS = 250;

/** A supergraph file: what it holds is served; a changed one is swapped in, a broken one refused. */
export function watchSupergraph(
  file: string,
  log: Log,
): { source: SupergraphSource; stop(): void } {
  const source = supergraphSource(readFileSync(file, 'utf8'));
  const look = () => {
    try {
      const sdl = readFileSync(file, 'utf8');
      if (sdl === source.current) return;
      source.update(sdl);
      log.info('the supergraph was swapped');
    } catch (error) {
      log.error({ err: error }, 'the changed supergraph is refused; the last good one stays');
    }
  };
  watchFile(file, { interval: LOOK_MS, persistent: false }, look);
  return { source, stop: () => unwatchFile(file, look) };
}
