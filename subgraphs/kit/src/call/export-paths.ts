/** Path of the gateway where a person takes a copy of what is held of him (L-11). */
export const OWN_EXPORT_PATH = '/exports/my-archive';
/** Path of the archive that writes down that one was taken. */
export const EXPORTED_PATH = '/exported';
