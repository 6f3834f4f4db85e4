/** Reads the students of an export through the graph, as the person who requested it (3.6, L-12). */
import type { Identity } from '@chengxin/kit/call/identity';
import { forbiddenAction } from '@chengxin/kit/action/forbidden';
import { fault, type ErrorCode } from '@chengxin/kit/errors';
import { isObject, type Values } from '../../objects.js';
import type { ExecuteAs } from '../gather.js';
import { faultOf, shownData } from '../own-archive.js';
import type { ExportOperation } from './export-operations.js';
import { ROWS_OF_A_PAGE } from './export-wish.js';

/** Rows of one export (3.6). */
const ROWS_AT_MOST = 500;

interface Page {
  readonly nodes?: readonly Values[];
  readonly edges?: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface Reader {
  readonly execute: ExecuteAs;
  readonly identity: Identity;
  readonly variables: Values;
}

const tooMany = () =>
  fault(
    'VALIDATION',
    `variables: 一次最多 ${ROWS_AT_MOST} 名学生，请缩小范围。 ${ROWS_AT_MOST} students at most: narrow the filter.`,
  );

/** One page, without what is shut for the person; half of a page is none. */
async function pageOf(
  { execute, identity, variables }: Reader,
  query: string,
  after: string | null,
): Promise<Page> {
  const named = { ...variables, first: ROWS_OF_A_PAGE, after };
  const answer = await execute(identity, { query, variables: named });
  const error = faultOf(answer);
  if (error) {
    const code = error.extensions?.['code'] as ErrorCode | undefined;
    throw fault(code === 'AUDIT_UNAVAILABLE' ? code : 'SUBGRAPH_UNAVAILABLE');
  }
  const { students } = shownData(answer);
  // Shut as a whole: whoever may list no students takes none.
  if (!isObject(students)) throw forbiddenAction(identity.role, 'export.request');
  return students as unknown as Page;
}

/** All pages, each but the last full; an export of more rows is none. */
async function allPages(reader: Reader, query: string): Promise<Page[]> {
  const pages: Page[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Page = await pageOf(reader, query, after);
    pages.push(page);
    if (!page.pageInfo.hasNextPage) return pages;
    if (pages.length * ROWS_OF_A_PAGE >= ROWS_AT_MOST) throw tooMany();
    after = page.pageInfo.endCursor;
  }
}

/** How many students an export is of; nothing of any of them is read. */
export async function countStudents(reader: Reader, operation: ExportOperation): Promise<number> {
  const pages = await allPages(reader, operation.countQuery);
  return pages.reduce((count, { edges = [] }) => count + edges.length, 0);
}

/**
 * The students as the person sees them now, with an access event of each.
 *
 * @throws VALIDATION for more than 500, before any is read; SUBGRAPH_UNAVAILABLE, AUDIT_UNAVAILABLE.
 */
export async function readStudents(reader: Reader, operation: ExportOperation): Promise<Values[]> {
  await countStudents(reader, operation);
  const pages = await allPages(reader, operation.query);
  return pages.flatMap(({ nodes = [] }) => nodes);
}
