import type { Entities } from '@chengxin/kit/database/orm';
import type { ClassType } from 'type-graphql';
import type { Job } from '@chengxin/kit/server/jobs';

/** What one folder of the archive brings to its table of contents (office.ts). */
export interface Area {
  readonly entities?: Entities;
  readonly resolvers?: readonly ClassType[];
  readonly jobs?: readonly Job[];
}
