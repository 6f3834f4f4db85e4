/** How large a file may be, and how long it may take (F-14). */

/** 10 MiB: a scan of some pages, a photograph. */
export const FILE_AT_MOST = 10 * 1024 * 1024;
/** Some 1.5 Mbit/s: what a telephone sends. */
export const FILE_ARRIVAL_MS = 60_000;
/** The gateway waits so long for the archive to store or to read one. */
export const FILE_WAITS_MS = 30_000;
/** Path of the archive that hands a file out; its number stands in the signed body. */
export const FILE_PATH = '/file';
/** Path of the archive, and of the gateway, that takes files. */
export const FILES_PATH = '/files';
