/** Channels beside the portal, against real servers on loopback: mail and WeChat Work (F-01). */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { channelsOf } from '@chengxin/archive/notice/channels/settings';
import type { Channel } from '@chengxin/archive/notice/channels/channel';
import { messageOf, sendOut } from '@chengxin/archive/notice/send-out';
import { createLog } from '@chengxin/kit/server/log';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { noticePlan } from '../change/notice.plan.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';

const STUDENT = '2024010317';
const PORTAL = 'https://portal.example.edu';
const ACTOR = { role: 'STU_SELF', person: STUDENT } as const;
const log = createLog('test', 'fatal');

let college: TestCollege;
let smtp: SMTPServer;
let weChat: Server;
let channels: readonly Channel[];

/** What the mail server took, and what it answers to the next message. */
const mails: string[] = [];
let mailAnswer: number | undefined;
/** What WeChat Work was asked, and what it answers. */
const asked: { path: string; body: Record<string, unknown> | undefined }[] = [];
let weChatAnswers: object[] = [];

const answerOf = async (request: IncomingMessage): Promise<object> => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stand-in');
  const sent = await readText(request);
  asked.push({ path: pathname, body: sent ? (JSON.parse(sent) as never) : undefined });
  if (pathname === '/cgi-bin/gettoken')
    return { errcode: 0, access_token: `t-${asked.length}`, expires_in: 7200 };
  if (!searchParams.get('access_token')?.startsWith('t-')) return { errcode: 40_014 };
  return weChatAnswers.shift() ?? { errcode: 0 };
};

beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (mailAnswer) {
          done(Object.assign(new Error('no'), { responseCode: mailAnswer }));
          return;
        }
        mails.push(Buffer.concat(parts).toString('utf8'));
        done();
      });
    },
  });
  const listening = smtp.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  weChat = createServer((request, response) => {
    void answerOf(request).then((answer) => response.end(JSON.stringify(answer)));
  });
  weChat.listen(0, '127.0.0.1');
  await once(weChat, 'listening');
  const port = ({ address }: { address(): unknown }) => (address() as AddressInfo).port;
  channels = channelsOf(
    {
      NOTICE_SMTP_URL: `smtp://127.0.0.1:${port({ address: () => listening.address() })}`,
      NOTICE_MAIL_FROM: 'chengxin@example.edu',
      NOTICE_WECHAT_WORK_URL: `http://127.0.0.1:${port({ address: () => weChat.address() })}`,
      NOTICE_WECHAT_WORK_CORP: 'corp',
      NOTICE_WECHAT_WORK_SECRET: 'secret',
      NOTICE_WECHAT_WORK_AGENT: '1000002',
    },
    college.clock,
    log,
  );
});
afterAll(async () => {
  await new Promise<void>((resolve) => {
    smtp.close(resolve);
  });
  weChat.close();
  await college.stop();
});
beforeEach(async () => {
  college.clock.set('2026-04-12T10:00:00+08:00');
  mails.length = 0;
  asked.length = 0;
  mailAnswer = undefined;
  weChatAnswers = [];
  await asOwner(college, 'archive', 'delete from notice');
  await asOwner(
    college,
    'archive',
    `update student set email = 's@example.edu' where student_no = $1`,
    [STUDENT],
  );
});

async function delivered(): Promise<string> {
  const { id } = await noticePlan.seed(college, STUDENT, 'DELIVERED', ACTOR, '');
  await asOwner(college, 'archive', `update notice set delivered_at = $1 where id = $2`, [
    '2026-04-12T00:00:00Z',
    id,
  ]);
  return id;
}
const run = async () => {
  const office = college.started.offices.get('archive');
  if (!office) throw new Error('The archive has not started.');
  await sendOut(office, college.clock.now(), channels, messageOf(PORTAL));
};
const statesOf = async (id: string): Promise<unknown> => {
  const query = '{ myNotices { id deliveries { channel state attempts } } }';
  const { data } = await college.request(STUDENT, query);
  const notices = (data?.['myNotices'] ?? []) as { id: string; deliveries: unknown }[];
  return notices.find((one) => one.id === id)?.deliveries;
};

test('each channel says once that a notice waits, and nothing of what it is about', async () => {
  const id = await delivered();
  await run();
  await run();
  expect(await statesOf(id)).toEqual([
    { channel: 'MAIL', state: 'DELIVERED', attempts: 1 },
    { channel: 'WECHAT_WORK', state: 'DELIVERED', attempts: 1 },
  ]);
  expect(mails).toHaveLength(1);
  const [mail = ''] = mails;
  expect(mail).toContain('To: s@example.edu');
  const messages = asked.filter(({ path }) => path === '/cgi-bin/message/send');
  expect(messages.map(({ body }) => body)).toEqual([
    {
      touser: STUDENT,
      msgtype: 'text',
      agentid: 1_000_002,
      text: { content: expect.stringContaining(PORTAL) as string },
    },
  ]);
  const decoded = Buffer.from(mail.split('\r\n\r\n')[1] ?? '', 'base64').toString('utf8');
  for (const text of [mail, decoded, JSON.stringify(messages)])
    expect(text).not.toMatch(/拟认定|finding|FINDING|ExamViolation/);
});

test('what fails for now is tried again later, and later each time; then it is given up', async () => {
  const id = await delivered();
  mailAnswer = 451;
  weChatAnswers = Array.from({ length: 6 }, () => ({ errcode: -1 }));
  await run();
  await run();
  expect(await statesOf(id)).toEqual([
    { channel: 'MAIL', state: 'WAITING', attempts: 1 },
    { channel: 'WECHAT_WORK', state: 'WAITING', attempts: 1 },
  ]);
  for (const at of ['10:02', '10:10', '10:40', '13:00', '23:00']) {
    college.clock.set(`2026-04-12T${at}:00+08:00`);
    await run();
  }
  expect(await statesOf(id)).toEqual([
    { channel: 'MAIL', state: 'GIVEN_UP', attempts: 6 },
    { channel: 'WECHAT_WORK', state: 'GIVEN_UP', attempts: 6 },
  ]);
});

test('what will never be taken is bounced, and not tried again', async () => {
  const id = await delivered();
  mailAnswer = 550;
  weChatAnswers = [{ errcode: 0, invaliduser: STUDENT }];
  await run();
  expect(await statesOf(id)).toEqual([
    { channel: 'MAIL', state: 'BOUNCED', attempts: 1 },
    { channel: 'WECHAT_WORK', state: 'BOUNCED', attempts: 1 },
  ]);
});

test('without an address a mail is given up; a stale token is renewed for the next attempt', async () => {
  await asOwner(college, 'archive', 'update student set email = null');
  const id = await delivered();
  weChatAnswers = [{ errcode: 42_001 }];
  await run();
  expect(await statesOf(id)).toEqual([
    { channel: 'MAIL', state: 'GIVEN_UP', attempts: 1 },
    { channel: 'WECHAT_WORK', state: 'WAITING', attempts: 1 },
  ]);
  college.clock.set('2026-04-12T10:02:00+08:00');
  await run();
  expect(asked.filter(({ path }) => path === '/cgi-bin/gettoken')).not.toHaveLength(0);
  expect(await statesOf(id)).toEqual([
    { channel: 'MAIL', state: 'GIVEN_UP', attempts: 1 },
    { channel: 'WECHAT_WORK', state: 'DELIVERED', attempts: 2 },
  ]);
});

test('a channel without one of its settings is named', () => {
  expect(() => channelsOf({ NOTICE_SMTP_URL: 'smtp://127.0.0.1:1' }, college.clock, log)).toThrow(
    'NOTICE_MAIL_FROM',
  );
});
