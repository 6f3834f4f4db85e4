/** How large a file over HTTP may be, and how long it may take: larger ones come by the command. */
export const FILE_AT_MOST = 32 * 1024 * 1024;
/** From its first byte to its last. */
export const FILE_ARRIVAL_MS = 120_000;
/** With no byte in between. */
export const FILE_STALL_MS = 10_000;
/** How many files one process reads at once: so much disk may be taken. */
export const FILES_AT_ONCE = 4;
/** The gateway waits so long for an office that reads a file into its database. */
export const OFFICE_WAITS_MS = 5 * 60_000;

/** Takes one of some places; FULL, and nothing is done, when all are taken. */
export function places(count: number) {
  let taken = 0;
  return async <T>(full: () => T, use: () => Promise<T>): Promise<T> => {
    if (taken >= count) return full();
    taken += 1;
    try {
      return await use();
    } finally {
      taken -= 1;
    }
  };
}
