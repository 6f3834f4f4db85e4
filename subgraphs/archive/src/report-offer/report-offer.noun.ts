import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import type { Identity } from '@chengxin/kit/call/identity';
import { ReportOffer } from './report-offer.entity.js';

/** Student Affairs, where both people are, and an audit. */
export const offersFor = ({ role }: Pick<Identity, 'role'>): object =>
  role === 'SCHOOL_ADMIN' || role === 'AUDITOR' ? {} : { id: null };

/** A report offered to all who graduate on a day. */
export const reportOffer = noun<ReportOffer>({
  name: 'ReportOffer',
  entity: ReportOffer,
  machine: 'ReportOffer',
  rows: {
    group: 'ADMINISTRATION',
    predicates: {},
    where: ({ identity }) => offersFor(identity) as never,
  },
  constraints: {
    report_offer_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
    report_offer_once: {
      code: ChangeErrorCode.STATE_CONFLICT,
      what: '该日该班级已有此项。 There is one for this day and class.',
    },
  },
});
