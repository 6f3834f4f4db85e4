/**
 * A way by which a student hears that a notice waits for him in the portal (F-01). One interface for
 * all: what goes out says that there is a notice and where to read it, and nothing of what it says.
 */
import type { NoticeChannel } from '../notice.entity.js';

/** Where a student is reached, as far as the archive knows. */
export interface Recipient {
  readonly studentNo: string;
  readonly email: string | null;
}

export interface Message {
  readonly subject: string;
  readonly text: string;
}

/**
 * DELIVERED: the channel took it. BOUNCED: it never will. LATER: it may another time. UNREACHABLE: the
 * student has no address for it.
 */
export type Sent = 'DELIVERED' | 'BOUNCED' | 'LATER' | 'UNREACHABLE';

export interface Channel {
  readonly channel: NoticeChannel;
  /** Sends one message; a fault of the channel is LATER, never thrown. */
  send(to: Recipient, message: Message): Promise<Sent>;
}
