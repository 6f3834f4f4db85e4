/** Commands of the shell in a folder. What they start ends with them. */
import { spawn } from 'node:child_process';

/** Settings of this run are not those of a run in a copy. */
const OF_THIS_RUN = /^(VITEST|VITE_|NODE_ENV$|NODE_OPTIONS$|CHENGXIN_|npm_|FORCE_COLOR$)/i;
const environment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_THIS_RUN.test(name))),
  NO_COLOR: '1',
});

export interface Shell {
  /** @throws With all that the command wrote, when it fails. */
  run(command: string): Promise<string>;
  /** End what still runs. */
  stop(): void;
}

export function shellIn(folder: string): Shell {
  const groups = new Set<number>();
  return {
    run: (command) =>
      new Promise((resolve, reject) => {
        const child = spawn(command, {
          cwd: folder,
          shell: true,
          // A process group of its own, so that it can be ended whole.
          detached: true,
          env: environment(),
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        const { pid } = child;
        if (pid) groups.add(pid);
        const texts: string[] = [];
        for (const stream of [child.stdout, child.stderr])
          stream.setEncoding('utf8').on('data', (text: string) => texts.push(text));
        child.on('error', reject);
        child.on('close', (code) => {
          if (pid) groups.delete(pid);
          const output = texts.join('');
          if (code === 0) resolve(output);
          else reject(new Error(`${command} ended with ${code}:\n${output}`));
        });
      }),
    stop() {
      for (const pid of groups) process.kill(-pid, 'SIGKILL');
      groups.clear();
    },
  };
}
