/** Something that answers, or does not, in the place of an office. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface BrokenOffice {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serve on a free loopback port; what was left unanswered is cut off at the end. */
export async function startBroken(answer: RequestListener): Promise<BrokenOffice> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
