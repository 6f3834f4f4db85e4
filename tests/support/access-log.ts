/** What the access log shows to a reader. */
import type { RequestOptions, TestCollege } from './college.js';

interface ReadEvent {
  readonly at: string;
  readonly actorRole: string;
  readonly actorDisplay: string;
  readonly studentNo: string | null;
  readonly purpose: string;
  readonly reference: string | null;
  readonly operationName: string | null;
  readonly studentCount: number | null;
  readonly groups: readonly { readonly group: string; readonly effect: string }[];
}

/** All that an event shows, but the number of the request, which is another one each time. */
const EVENT = `{ at actorRole actorDisplay studentNo purpose reference operationName studentCount
  groups { group effect } }`;

const nodesOf = (data: unknown, list: string) =>
  ((data as Record<string, { nodes: ReadEvent[] } | null>)[list]?.nodes ?? []).map((event) => ({
    ...event,
    groups: Object.fromEntries(event.groups.map(({ group, effect }) => [group, effect])),
  }));

const named = <Event extends { readonly operationName: string | null }>(
  events: readonly Event[],
  operation: string,
) => events.filter(({ operationName }) => operationName === operation);

/** What is disclosed to a student of one operation. */
export async function disclosedTo(college: TestCollege, studentNo: string, operation: string) {
  const { data } = await college.request(
    studentNo,
    `{ myAccessLog(first: 100) { nodes ${EVENT} } }`,
  );
  return named(nodesOf(data, 'myAccessLog'), operation);
}

/** What somebody else reads of one operation: of a student, or of what names nobody. */
export async function readIn(
  college: TestCollege,
  reader: { readonly person: string; readonly headers: NonNullable<RequestOptions['headers']> },
  operation: string,
  studentNo?: string,
) {
  const { data } = await college.request(
    reader.person,
    `query ($of: ID) { accessLog(filter: { studentNo: $of }, first: 100) { nodes ${EVENT} } }`,
    { headers: reader.headers, variables: { of: studentNo ?? null } },
  );
  return named(nodesOf(data, 'accessLog'), operation);
}
