/** Requests of the graph, as the person, all that he may select of himself (L-11). */
import type { Identity } from '@chengxin/kit/call/identity';
import { fault, type ErrorCode } from '@chengxin/kit/errors';
import type { SchemaView } from '../limits/schema-view.js';
import { isObject, type Values } from '../objects.js';
import {
  faultOf,
  OWN_COPY,
  recordsOf,
  sealsOf,
  SHAPE,
  shownData,
  type GraphAnswer,
  type OwnArchive,
} from './own-archive.js';
import { fieldOfStudent, ownPage, ownRecords } from './own-operation.js';

/** One operation under an identity that is made out already. */
export type ExecuteAs = (
  identity: Identity,
  operation: { readonly query: string; readonly variables?: Values },
) => Promise<GraphAnswer>;

/** Pages of a list that one export reads at most. */
const PAGES_AT_MOST = 200;

/** @throws SUBGRAPH_UNAVAILABLE, AUDIT_UNAVAILABLE: half of an archive is none. */
function wholeOf(answer: GraphAnswer): GraphAnswer {
  const error = faultOf(answer);
  if (!error) return answer;
  const code = error.extensions?.['code'] as ErrorCode | undefined;
  throw fault(code === 'AUDIT_UNAVAILABLE' ? code : 'SUBGRAPH_UNAVAILABLE');
}

interface Page {
  readonly nodes: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Every row of a list of the person's own. */
async function everyRow(
  execute: ExecuteAs,
  identity: Identity,
  query: string,
  list: string,
): Promise<unknown[]> {
  const rows: unknown[] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES_AT_MOST; page += 1) {
    const answer = wholeOf(await execute(identity, { query, variables: { after } }));
    const { nodes, pageInfo } = shownData(answer)[list] as Page;
    rows.push(...nodes);
    if (!pageInfo.hasNextPage) return rows;
    after = pageInfo.endCursor;
  }
  throw fault(
    'QUERY_TOO_COSTLY',
    '记录过多，请提出个人信息权利请求。 Too many rows: file a request.',
  );
}

/**
 * The whole of what the graph shows a person of himself, or nothing.
 *
 * @throws NOT_FOUND for whoever has no archive; SUBGRAPH_UNAVAILABLE, AUDIT_UNAVAILABLE.
 */
export async function gatherOwn(
  execute: ExecuteAs,
  { schema, offices }: SchemaView,
  identity: Identity,
  now: Date,
): Promise<OwnArchive> {
  const answer = wholeOf(await execute(identity, { query: ownRecords(schema) }));
  const { me } = shownData(answer);
  const student = isObject(me) ? me['student'] : undefined;
  if (!isObject(student)) throw fault('NOT_FOUND');
  const listed = (list: string, node: string) =>
    everyRow(execute, identity, ownPage(schema, list, node), list);
  return {
    ...SHAPE,
    purpose: OWN_COPY,
    exportedAt: now.toISOString(),
    exportId: identity.requestId,
    studentNo: String(student['studentNo']),
    records: recordsOf(student, (field) => fieldOfStudent(schema, offices, field)),
    changes: await listed('operationLog', 'OperationLog'),
    access: await listed('myAccessLog', 'AccessEvent'),
    sealed: sealsOf(answer),
  };
}
