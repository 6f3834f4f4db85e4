/** What a graduation list may be made of. Pure. Source: G10.1, INV-02. */
import type { Act } from '@chengxin/kit/change/act';
import { DOC_NO_AT_MOST } from '@chengxin/kit/change/documents.rules';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import { checkText } from '@chengxin/kit/change/text.rules';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { GraduationList } from './graduation-list.entity.js';
import type { Listable } from './graduation-list.loader.js';

const NOBODY =
  '该日没有待发布的毕业或结业人员。 Nobody who graduates on that day waits to be published.';

interface Requested {
  readonly graduationOn: string;
  readonly decisionDocNo?: string | null;
}

/**
 * A list of all who graduate on a day and stand on no list.
 *
 * @throws VALIDATION when there is nobody; SOD_VIOLATION when the actor recorded one of them.
 */
export function publishedList(
  { graduationOn, decisionDocNo }: Requested,
  lines: readonly Listable[],
  { by }: Pick<Act, 'by'>,
): Changes<GraduationList> {
  checkText('decisionDocNo', decisionDocNo ?? '', DOC_NO_AT_MOST);
  if (!lines.length) throw invalid('graduationOn', NOBODY);
  if (lines.some(({ recordedBy }) => recordedBy === by.subject))
    throw changeFault(ChangeErrorCode.SOD_VIOLATION);
  const docNo = decisionDocNo?.trim();
  return { graduationOn, studentCount: lines.length, ...(docNo && { decisionDocNo: docNo }) };
}
