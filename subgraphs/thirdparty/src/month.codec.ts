import { code } from '@chengxin/kit/import/codecs';

/** A month, `2026-02`. */
export const month = code(/^\d{4}-(0[1-9]|1[0-2])$/, {
  zh: '账期应写作 2026-02',
  en: 'must be a month such as 2026-02',
});
