/** What an office is: its table of contents, and what serves beside its graph. */
import type { BackupRecords, Copies, RepeatErasures } from '../backup/parts.js';
import type { Call } from '../call/call.js';
import type { Context, DecideStudent, ReadOnlyStudents } from '../call/context.js';
import type { HttpResponse } from '../call/http.js';
import type { Entities } from '../database/orm.js';
import type { DisclosureWriter } from '../disclosure/write.js';
import type { FeedHandler } from '../feed/handler.js';
import type { Notified } from '../feed/notice.js';
import type { Revocable } from '../feed/revoked.js';
import type { Topics } from '../feed/topic.js';
import type { ImportJob } from '../import/job.js';
import type { Role } from '../privacy/roles.js';
import type { SchemaParts } from '../schema/federation.js';
import type { SealedLog } from '../seal/sealed-log.js';
import type { Job } from './jobs.js';
import type { OfficeParts } from './office-parts.js';

/** The table of contents of an office. */
export interface OfficeDefinition extends SchemaParts {
  /** `finance` */
  readonly name: string;
  /** Port of a process of its own. */
  readonly usualPort: number;
  readonly entities: Entities;
  /** Folder of the office's own forward-only SQL migrations. */
  readonly migrations: string;
  /** Roles of the office's own people. */
  readonly ownRoles: readonly Role[];
  /** Further roles that the action table lets act here: on rows that their cells open, and no others. */
  readonly actingRoles?: readonly Role[];
  readonly imports: readonly ImportJob[];
  /** How this office decides on students itself; only the archive does. */
  readonly decideStudent?: DecideStudent;
  /** Of whom nothing changes here any more; only the archive knows (F-08). */
  readonly readOnlyStudents?: ReadOnlyStudents;
  /** What a day brings; shared by all replicas. */
  readonly jobs?: readonly Job[];
  /** Logs of its own that are sealed beside the operation log (INV-13). */
  readonly sealedLogs?: readonly SealedLog[];
  /** What this office publishes in its feed, and to whom. */
  readonly publishes: Topics;
  /** Rows that go on once their student was notified (F-01). */
  readonly notified?: readonly Notified[];
  /** Facts that end once the archive has revoked their record (G14.2). */
  readonly revocable?: readonly Revocable[];
  /** What this office reads of the others' feeds: office → topic → handler. */
  readonly consumes: Readonly<Record<string, Readonly<Record<string, FeedHandler>>>>;
  /** What it holds of those: after a restore, what its source has no more goes here too. */
  readonly copies?: Copies;
  /** Where the evidence of backups is kept; only the archive does. */
  readonly backups?: BackupRecords;
  /** Erases again, after a restore, what was erased since; of an office with records of its own. */
  readonly repeatErasures?: RepeatErasures;
  /** Where this office writes down what it shows; its outbox, when nothing is said. */
  readonly discloses?: DisclosureWriter;
  /** Signed routes beside the graph, called by the gateway alone (the archive's identity). */
  readonly routes?: (office: OfficeParts) => Readonly<Record<string, SignedRoute>>;
  /** Signed routes beside the graph by which the gateway serves people: files. */
  readonly personRoutes?: Readonly<Record<string, PersonRoute>>;
  /** Signed routes that other offices call: who calls which. */
  readonly officeRoutes?: (office: OfficeParts) => Readonly<Record<string, OfficeRoute>>;
}

/** What answers a call of a person with a context of its own; what it discloses is written down. */
export interface PersonRoute {
  readonly bodyAtMost: number;
  /** How long the bytes may take to arrive. */
  readonly arrivalMs: number;
  /** A fault that it throws is answered as such. */
  readonly answer: (ctx: Context, body: Buffer) => Promise<HttpResponse>;
}

export type SignedRoute = (body: Buffer) => Promise<HttpResponse>;
export interface OfficeRoute {
  /** Offices that may call it. */
  readonly callers: readonly string[];
  readonly answer: (body: Buffer, call: Call) => Promise<HttpResponse>;
}
