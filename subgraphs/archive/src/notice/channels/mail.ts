import { createTransport } from 'nodemailer';
import type { Log } from '@chengxin/kit/server/log';
import { NoticeChannel } from '../notice.entity.js';
import type { Channel } from './channel.js';

/** The server will never take it: an address that there is not, a message that it refuses. */
const PERMANENT = 500;
const TIMEOUT_MS = 10_000;

export interface MailSettings {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly url: string;
  readonly from: string;
}

const codeOf = (error: unknown): number =>
  Number((error as { responseCode?: number }).responseCode ?? 0);

/** Mail by the school's own server. */
export function mailChannel({ url, from }: MailSettings, log: Log): Channel {
  const transport = createTransport({
    url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    channel: NoticeChannel.MAIL,
    async send({ email }, { subject, text }) {
      if (!email) return 'UNREACHABLE';
      try {
        await transport.sendMail({ from, to: email, subject, text });
        return 'DELIVERED';
      } catch (error) {
        const code = codeOf(error);
        log.warn({ channel: 'MAIL', code }, 'a notice could not be sent');
        return code >= PERMANENT ? 'BOUNCED' : 'LATER';
      }
    },
  };
}
