import type { Orm } from '../database/orm.js';
import type { OfficeConfig, WorkConfig } from './config.js';

/** What work on an office's data needs. */
export interface OfficeParts {
  /** For imports, feeds and jobs; calls have connections of their own. */
  readonly orm: Orm;
  readonly config: WorkConfig;
}

/** The same of an office that serves. */
export interface ServingParts extends OfficeParts {
  readonly config: OfficeConfig;
}
