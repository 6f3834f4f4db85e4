/** What the archive consumes of every office, whatever else the office publishes. */
import type { FeedHandler } from '@chengxin/kit/feed/handler';
import { accessOf } from './access-log/access.consume.js';
import { backupsOf } from './backup/backup.consume.js';
import { batchesOf } from './collection/collection.consume.js';
import { noticesFor } from './notice/notice.consume.js';

export const ofEveryOffice = (office: string): Readonly<Record<string, FeedHandler>> => ({
  access: accessOf(office),
  backup: backupsOf(office),
  collection: batchesOf(office),
  notice: noticesFor(office),
});
