/**
 * The first import of every command: an older Node stops with one sentence instead of a syntax
 * error. Imports nothing and is written so that an old Node can read it.
 */
const OLDEST_MAJOR = 22;
const OLDEST_MINOR = 17;

/** What is wrong with a version of Node, if anything. */
export function nodeProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST_MAJOR || (major === OLDEST_MAJOR && minor >= OLDEST_MINOR)) return undefined;
  return `Chengxin needs Node ${OLDEST_MAJOR}.${OLDEST_MINOR} or newer; this is Node ${version}.`;
}

const problem = nodeProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exit(1);
}
