/** Path of the gateway where a person takes a copy of what is held of him (L-11). */
export const OWN_EXPORT_PATH = '/exports/my-archive';
/** Path of the archive that writes down that one was taken. */
export const EXPORTED_PATH = '/exported';
/** Path of the gateway of what was made to be taken: a frozen release, by its number. */
export const EXPORTS_PATH = '/exports';
/** Path of the archive that hands out a release as a file. */
export const RELEASED_PATH = '/released';
