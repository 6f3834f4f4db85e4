/** Who may be registered as a third party. Pure. Source: G3.2, T-12. */
import type { Act } from '@chengxin/kit/change/act';
import { invalid } from '@chengxin/kit/change/errors';
import { checkText } from '@chengxin/kit/change/text.rules';
import type { Changes } from '@chengxin/kit/change/write-row';
import { uscc as creditCode } from '@chengxin/kit/import/identifiers';
import type { Provider, ProviderKind } from './provider.entity.js';

const NAME_AT_MOST = 100;
const LICENCE = /^[\w-]{1,40}$/;

export interface Registration {
  readonly uscc: string;
  readonly name: string;
  readonly kind: ProviderKind;
  readonly licenceNo: string;
  readonly licenceUntil: string;
}

/**
 * Registered: it may hand in data of its kind while its licence is valid.
 *
 * @throws VALIDATION by argument: credit code, name, licence, a last day that is past.
 */
export const registered =
  ({ uscc, name, kind, licenceNo, licenceUntil }: Registration) =>
  ({ today }: Pick<Act, 'today'>): Changes<Provider> => {
    const code = creditCode(uscc);
    if ('reason' in code) throw invalid('uscc', `${code.reason.zh}。 ${code.reason.en}.`);
    if (!name.trim()) throw invalid('name', '请填写机构名称。 Name the institution.');
    checkText('name', name, NAME_AT_MOST);
    if (!LICENCE.test(licenceNo))
      throw invalid('licenceNo', '许可证号不合格式。 Letters, digits and hyphens, up to 40.');
    if (licenceUntil < today)
      throw invalid('licenceUntil', '许可证已过期。 The licence has run out.');
    return {
      uscc: code.value,
      name: name.trim(),
      kind,
      licenceNo,
      licenceUntil,
    };
  };
