/** Which channels a school has: each is there when its settings are. The portal always is. */
import type { Clock } from '@chengxin/kit/clock';
import { required, type Environment } from '@chengxin/kit/server/config';
import type { Log } from '@chengxin/kit/server/log';
import type { Channel } from './channel.js';
import { mailChannel } from './mail.js';
import { weChatWorkChannel } from './wechat-work.js';

/**
 * @throws Error naming a setting that a channel lacks.
 */
export function channelsOf(env: Environment, clock: Clock, log: Log): readonly Channel[] {
  const [smtp, weChatWork] = [env['NOTICE_SMTP_URL'], env['NOTICE_WECHAT_WORK_URL']];
  return [
    ...(smtp ? [mailChannel({ url: smtp, from: required(env, 'NOTICE_MAIL_FROM') }, log)] : []),
    ...(weChatWork
      ? [
          weChatWorkChannel(
            {
              url: weChatWork,
              corpId: required(env, 'NOTICE_WECHAT_WORK_CORP'),
              secret: required(env, 'NOTICE_WECHAT_WORK_SECRET'),
              agentId: Number(required(env, 'NOTICE_WECHAT_WORK_AGENT')),
            },
            clock,
            log,
          ),
        ]
      : []),
  ];
}

/** Where a student reads his notices, for the messages that go out. */
export const portalOf = (env: Environment): string => env['NOTICE_PORTAL_URL'] ?? '';
