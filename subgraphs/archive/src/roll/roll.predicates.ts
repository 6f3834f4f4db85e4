/** Who reads how students changed college and number: Student Affairs and audits (FG39). */
import type { RowPredicates } from '@chengxin/kit/read/rows';

/** A college reads of its own unit, a student of his stewards (notes 31, 32): neither reads of these. */
export const schoolAlone = <Row>(): RowPredicates<Row> => {
  const nobody = () => ({ studentNo: { $in: [] } }) as never;
  return { OWN_UNIT: nobody, OWN_STEWARDS: nobody };
};
