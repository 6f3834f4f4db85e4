/** SQL: the calendar day of an instant at +08:00, as `dayOf` of the clock says it. */
export const dayIn = (instant: string): string =>
  `(${instant} at time zone interval '8 hours')::date`;
