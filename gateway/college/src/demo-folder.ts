import { join } from 'node:path';

/** The people and orgs of DOMAIN §5, as the files that offices export. */
export const DEMO_FOLDER = join(import.meta.dirname, '../demo');
