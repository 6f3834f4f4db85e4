import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

/**
 * Compose the offices' schemas.
 *
 * @throws Error with every composition error; hints are errors too, for they report merges that
 *         nobody meant (different policies on a shared type, for instance).
 */
export function composeSupergraph(services: readonly { name: string; sdl: string }[]): string {
  const { supergraphSdl, errors, hints } = composeServices(
    services.map(({ name, sdl }) => ({
      name,
      url: `http://${name}.invalid/graphql`,
      typeDefs: parse(sdl),
    })),
  );
  const faults = [...(errors ?? []), ...(hints ?? [])].map(({ message }) => message);
  if (faults.length || !supergraphSdl) throw new Error(`Composition failed:\n${faults.join('\n')}`);
  return `${supergraphSdl}\n`;
}
