import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { deliverNotices, type OnDelivered } from './deliver-notices.job.js';
import { NoticeDelivery } from './notice-delivery.entity.js';
import { Notice } from './notice.entity.js';
import { noticeMutation } from './notice.mutation.js';
import { notice } from './notice.noun.js';
import { NoticeResolver, StudentNoticeResolver } from './notice.resolver.js';

export const noticeArea = (onDelivered: OnDelivered): Area => ({
  entities: [Notice, NoticeDelivery],
  resolvers: [
    StudentNoticeResolver,
    noticeMutation(onDelivered),
    NoticeResolver,
    actionsField(notice),
  ],
  jobs: [deliverNotices(onDelivered)],
});
