import { loginAs } from '@chengxin/kit/command/login';
import { dataFolder, readRunFile } from '@chengxin/kit/command/run-file';

interface Outcome {
  readonly exitCode: 0 | 1 | 2;
  readonly out?: string;
  readonly problem?: string;
}

const USAGE = 'Usage: npm run --silent token -- <student or staff number>, for example T0110.';

/** Log a person of the demo college in and give the token. */
export async function tokenCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Outcome> {
  const [person, ...rest] = args;
  if (!person || person.startsWith('-') || rest.length > 0) return { exitCode: 2, problem: USAGE };
  try {
    return { exitCode: 0, out: await loginAs({ ...(await provider(env)), person }) };
  } catch (error) {
    return { exitCode: 1, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The provider named by the environment, else the one that `npm start` wrote down. */
async function provider(env: NodeJS.ProcessEnv): Promise<{ issuer: string; audience?: string }> {
  const { CHENGXIN_ISSUER: issuer, CHENGXIN_AUDIENCE: audience } = env;
  if (issuer) return { issuer, ...(audience && { audience }) };
  return readRunFile(dataFolder(env));
}
