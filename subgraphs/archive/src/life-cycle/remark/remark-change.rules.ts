/** What each of the three hands of a graduation remark writes. Pure. Source: G8.3, DOMAIN 2.2. */
import type { Act } from '@chengxin/kit/change/act';
import { filled } from '@chengxin/kit/change/documents.rules';
import { invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { GraduationRemark } from '../graduation-remark.entity.js';

const TEXT_AT_MOST = 800;

/** The hands through which a remark goes (3.8); its columns say how far it has come. */
export function stateOfRemark({ approvedByCollege, signedBySAO }: GraduationRemark): string {
  if (signedBySAO) return 'SIGNED';
  return approvedByCollege ? 'APPROVED' : 'DRAFT';
}

/**
 * Written by a counsellor of the class.
 *
 * @throws VALIDATION for a text that is blank or longer than 800 characters.
 */
export const written =
  (text: string) =>
  (_: object, { by }: Act): Changes<GraduationRemark> => ({
    text: filled('text', text, TEXT_AT_MOST),
    authorCounsellor: by.subject,
  });

/**
 * Written anew while the college has not approved it.
 *
 * @throws VALIDATION where the remark that is named is of another student.
 */
export const rewritten =
  (studentNo: string, text: string) =>
  (row: GraduationRemark, act: Act): Changes<GraduationRemark> => {
    if (row.studentNo !== studentNo)
      throw invalid('studentNo', '该评语不是这名学生的。 The remark is of another student.');
    return written(text)(row, act);
  };

/** Approved by the college. */
export const approved = (_: GraduationRemark, { by }: Act): Changes<GraduationRemark> => ({
  approvedByCollege: by.subject,
});

/** Signed by Student Affairs, and issued with it: from then on the student reads it. */
export const signed = (
  _: GraduationRemark,
  { by, now, today }: Act,
): Changes<GraduationRemark> => ({
  signedBySAO: by.subject,
  issuedOn: today,
  approvedBy: by.subject,
  approvedAt: now,
});
