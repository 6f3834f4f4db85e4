/**
 * The first thing that start and test do: an older Node stops with one sentence instead of a syntax
 * error. Written so that an old Node can read it.
 */
const OLDEST_MAJOR = 22;
const OLDEST_MINOR = 17;

/** What is wrong with a version of Node, if anything. */
function nodeProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST_MAJOR || (major === OLDEST_MAJOR && minor >= OLDEST_MINOR)) return undefined;
  return `Chengxin needs Node ${OLDEST_MAJOR}.${OLDEST_MINOR} or newer; this is Node ${version}.`;
}
exports.nodeProblem = nodeProblem;

const problem = nodeProblem(process.versions.node);
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
