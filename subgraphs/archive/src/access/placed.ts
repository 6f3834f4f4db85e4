/** Where a student belongs: to a college and a class, each an org. */
/** What of a student says where he belongs. */
export interface Placed {
  readonly studentNo: string;
  readonly college: string;
  readonly classCode: string;
}

/** Whether a student belongs to one of some orgs, by their codes. */
export const isPlacedIn = (codes: ReadonlySet<string>, { college, classCode }: Placed): boolean =>
  codes.has(college) || codes.has(classCode);

/** The same, as a where-clause. */
export const placedIn = (codes: Iterable<string>): object => {
  const all = [...codes];
  return { $or: [{ college: { $in: all } }, { classCode: { $in: all } }] };
};
