import type { Area } from '../area.js';
import { CatalogueItemResolver } from './catalogue-item.resolver.js';
import { CodeSetResolver } from './code-set.resolver.js';
import { LabelResolver } from './label.resolver.js';
import { NoticeVersion } from './notice-version.entity.js';
import { PolicyDocument } from './policy-document.entity.js';
import { PublishedResolver } from './published.resolver.js';
import { QueryProcedure } from './query-procedure.entity.js';
import { RuleSetVersion } from './rule-set.entity.js';
import { RuleSetResolver } from './rule-set.resolver.js';
import { StateMachineResolver } from './state-machine.resolver.js';

export const rulesArea: Area = {
  entities: [RuleSetVersion, PolicyDocument, QueryProcedure, NoticeVersion],
  resolvers: [
    CodeSetResolver,
    LabelResolver,
    CatalogueItemResolver,
    RuleSetResolver,
    StateMachineResolver,
    PublishedResolver,
  ],
};
