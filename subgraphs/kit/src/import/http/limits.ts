/** How large a file over HTTP may be, and how long it may take: larger ones come by the command. */
export const FILE_AT_MOST = 32 * 1024 * 1024;
/** From its first byte to its last. */
export const FILE_ARRIVAL_MS = 120_000;
/** With no byte in between. */
export const FILE_STALL_MS = 10_000;
/** How many files one process reads at once: so much disk may be taken. */
const FILES_AT_ONCE = 8;
/** Of one person: nobody shuts the others out by sending slowly. */
const FILES_OF_ONE = 2;
/** The gateway waits so long for an office that reads a file into its database. */
export const OFFICE_WAITS_MS = 5 * 60_000;

/** Does something for a person while there is a place; what `full` answers when there is none. */
export function filePlaces() {
  const taken: string[] = [];
  return async <T>(person: string, full: () => T, use: () => Promise<T>): Promise<T> => {
    const own = taken.filter((one) => one === person).length;
    if (taken.length >= FILES_AT_ONCE || own >= FILES_OF_ONE) return full();
    taken.push(person);
    try {
      return await use();
    } finally {
      taken.splice(taken.indexOf(person), 1);
    }
  };
}
