const LOOK_MS = 500;

/**
 * Resolves when this process is signalled to stop: the one owner of its signals. Under npm also
 * when npm has gone, for the shell between them dies of a signal without passing it on.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
    if (!process.env['npm_lifecycle_event']) return;
    const parent = process.ppid;
    const look = () => {
      if (process.ppid !== parent) resolve();
    };
    setInterval(look, LOOK_MS).unref();
  });
}
