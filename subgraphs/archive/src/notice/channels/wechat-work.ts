import { request } from 'undici';
import type { Clock } from '@chengxin/kit/clock';
import type { Log } from '@chengxin/kit/server/log';
import { NoticeChannel } from '../notice.entity.js';
import type { Channel, Sent } from './channel.js';

export interface WeChatWorkSettings {
  /** Where its interface answers: `https://qyapi.weixin.qq.com`, or a stand-in. */
  readonly url: string;
  readonly corpId: string;
  readonly secret: string;
  readonly agentId: number;
}

/** What it answers, whatever was asked. */
interface Answer {
  readonly errcode: number;
  readonly access_token?: string;
  readonly expires_in?: number;
  /** Members whom it does not know, joined by `|`. */
  readonly invaliduser?: string;
}

const OK = 0;
/** Codes of a token that is not valid any more. */
const STALE_TOKEN: ReadonlySet<number> = new Set([40_014, 42_001]);
/** The member does not exist, or cannot see the application. */
const NO_MEMBER: ReadonlySet<number> = new Set([60_111, 81_013]);
const TIMEOUT_MS = 10_000;
/** A token is renewed so long before it ends. */
const AHEAD_MS = 60_000;

/**
 * WeChat Work (企业微信), where members are called by their student numbers: an application of the
 * school sends text messages to them.
 */
export function weChatWorkChannel(settings: WeChatWorkSettings, clock: Clock, log: Log): Channel {
  const { url, corpId, secret, agentId } = settings;
  let token: { value: string; until: number } | undefined;

  async function call(path: string, query: Record<string, string>, body?: object): Promise<Answer> {
    const address = new URL(path, url);
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
    const answer = await request(address, {
      method: body ? 'POST' : 'GET',
      ...(body && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    });
    return (await answer.body.json()) as Answer;
  }

  /** Its token, which all messages share for two hours. */
  async function tokenNow(): Promise<string> {
    const now = clock.now().getTime();
    if (token && now < token.until) return token.value;
    const answer = await call('/cgi-bin/gettoken', { corpid: corpId, corpsecret: secret });
    if (!answer.access_token) throw new Error(`gettoken answered ${answer.errcode}.`);
    const { access_token: value, expires_in: seconds = 0 } = answer;
    token = { value, until: now + seconds * 1000 - AHEAD_MS };
    return value;
  }

  async function sendOnce(studentNo: string, content: string): Promise<Sent> {
    const query = { access_token: await tokenNow() };
    const text = { touser: studentNo, msgtype: 'text', agentid: agentId, text: { content } };
    const { errcode, invaliduser } = await call('/cgi-bin/message/send', query, text);
    if (STALE_TOKEN.has(errcode)) token = undefined;
    if (NO_MEMBER.has(errcode) || invaliduser) return 'BOUNCED';
    return errcode === OK ? 'DELIVERED' : 'LATER';
  }

  return {
    channel: NoticeChannel.WECHAT_WORK,
    async send({ studentNo }, { subject, text }) {
      try {
        return await sendOnce(studentNo, `${subject}\n${text}`);
      } catch (error) {
        const { message } = error as Error;
        log.warn({ channel: 'WECHAT_WORK', reason: message }, 'a notice could not be sent');
        return 'LATER';
      }
    },
  };
}
