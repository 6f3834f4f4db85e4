import type { Orm } from '../database/orm.js';
import type { WorkConfig } from './config.js';

/** What work on an office's data needs. */
export interface OfficeParts {
  /** For imports, feeds and jobs; calls have connections of their own. */
  readonly orm: Orm;
  readonly config: WorkConfig;
}
