import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { Consent } from './consent.entity.js';
import { consent } from './consent.noun.js';
import { ConsentResolver, StudentConsentResolver } from './consent.resolver.js';
import { ReportToken } from './report-token.entity.js';
import { reportToken } from './report-token.noun.js';

export const consentArea: Area = {
  entities: [Consent, ReportToken],
  resolvers: [
    StudentConsentResolver,
    ConsentResolver,
    actionsField(consent),
    actionsField(reportToken),
  ],
};
