import { join, resolve } from 'node:path';
import { GATEWAY } from '@chengxin/kit/call/keyring';
import { rotateIssuerKeys } from '@chengxin/kit/call/issuer-keys';
import { makePartyKeys, type PartyKeys } from '@chengxin/kit/call/party-keys';
import { OFFICES } from '@chengxin/gateway/offices';

const ROTATE = '--rotate-credentials';
const USAGE = `Usage: npm run keys -- <folder> [${ROTATE}]`;
const EXIT_USAGE = 2;

const WORDS: Readonly<Record<PartyKeys, string>> = {
  made: 'made',
  kept: 'kept as they are',
  away: 'not here, for they were taken to their machine: bring it the new public.json',
};

/**
 * Make the keys of the gateway and of every office, each in a folder of its own; or, in the gateway's, a
 * new key of credentials beside those that stay published.
 */
export async function keysCommand(args: readonly string[]): Promise<number> {
  const [folder, option, ...rest] = args;
  const isRotation = option === ROTATE;
  if (!folder || folder.startsWith('-') || (option && !isRotation) || rest.length > 0) {
    process.stderr.write(`${USAGE}\n`);
    return EXIT_USAGE;
  }
  try {
    const parties = [GATEWAY, ...OFFICES.map(({ name }) => name)];
    for (const [party, done] of await makePartyKeys(resolve(folder), parties))
      process.stdout.write(`${party}: ${WORDS[done]}\n`);
    if (isRotation) {
      await rotateIssuerKeys(join(resolve(folder), GATEWAY));
      process.stdout.write(
        'credentials: signed by a new key from the next start of the gateway on\n',
      );
    }
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}
