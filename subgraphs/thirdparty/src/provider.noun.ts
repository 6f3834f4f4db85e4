import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { Provider } from './provider.entity.js';

/** A third party of the public register (G3.2). */
export const provider = noun<Provider>({
  name: 'Provider',
  entity: Provider,
  key: 'uscc',
  rows: { group: 'RULES', predicates: {} },
  constraints: {
    provider_pkey: {
      code: ChangeErrorCode.VALIDATION,
      what: '该机构已登记。 This institution is registered already.',
      path: ['uscc'],
    },
  },
});
