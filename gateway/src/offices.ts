/** THE list of offices. A new one is a line here and a folder beside the others. */
export interface OfficeAddress {
  readonly name: string;
  /** Where it answers when nothing else is said. */
  readonly usualUrl: string;
}

export const OFFICES: readonly OfficeAddress[] = [
  { name: 'archive', usualUrl: 'http://127.0.0.1:4101' },
  { name: 'academics', usualUrl: 'http://127.0.0.1:4102' },
  { name: 'finance', usualUrl: 'http://127.0.0.1:4103' },
  { name: 'security', usualUrl: 'http://127.0.0.1:4104' },
  { name: 'youthleague', usualUrl: 'http://127.0.0.1:4105' },
  { name: 'thirdparty', usualUrl: 'http://127.0.0.1:4106' },
  // `npm run new-office` writes offices above this line.
];

/** The office that knows grants and decides on students. */
export const DECIDING_OFFICE = 'archive';
