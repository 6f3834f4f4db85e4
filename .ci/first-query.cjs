/** Waits until a started college answers, then asks it one query as the finance clerk. */
const { execFileSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const [gateway, folder] = process.argv.slice(2);
const DEADLINE = Date.now() + 180_000;
const QUERY = '{ student(studentNo: "2024010317") { name bills { amountFen } } }';

const isSeeded = () => existsSync(join(folder, 'demo', 'seeded.json'));

async function ask() {
  const env = { ...process.env, CHENGXIN_DATA: folder };
  const token = execFileSync('npm', ['run', '--silent', 'token', '--', 'T0401'], { env });
  const answer = await fetch(`${gateway}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${String(token).trim()}`,
    },
    body: JSON.stringify({ query: QUERY }),
  });
  const { data, errors } = await answer.json();
  if (errors || data.student.name !== '李思源' || !data.student.bills.length)
    throw new Error(`The first query was answered wrongly: ${JSON.stringify(errors ?? data)}`);
}

(async () => {
  while (!isSeeded()) {
    if (Date.now() > DEADLINE) throw new Error('The college was not ready in time.');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  await ask();
  process.stdout.write('The started product answers.\n');
})().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
