/** What students of the demo college sign at entry: drafted by one of Student Affairs, published by another. */
import type { College } from './college.js';
import { asPerson, requireDone, type Done } from './demo-request.js';
import { OFFICE_PEOPLE } from './office-people.js';

interface EntryText {
  readonly kind: 'AGREEMENT' | 'COMMITMENT';
  readonly templateVersion: string;
  readonly clauses: readonly string[];
  readonly consequences: readonly string[];
}

const TEXTS: readonly EntryText[] = [
  {
    kind: 'AGREEMENT',
    templateVersion: 'A-DEMO-1',
    clauses: [
      '学校依法建立并管理学生诚信档案，学生可随时查阅本人档案。',
      '学生在规定期限内核对本人信息，认为有误的，可以提出档案申诉。',
      '记入档案的事项须经两人审核，并事先告知学生。',
    ],
    consequences: [],
  },
  {
    kind: 'COMMITMENT',
    templateVersion: 'C-DEMO-1',
    clauses: ['诚实学习，遵守考试和学术规范。', '如实填报本人信息，按时缴纳学杂费。'],
    consequences: ['按相应事项的规定处理，不自动形成不良记录。'],
  },
];
/** Day since which the texts are in force: before anybody of the demo college is asked to sign. */
const VALID_FROM = '2023-09-01';

const KNOWN = '{ commitmentTemplates { id templateVersion: version revision state } }';
const DRAFT = `mutation ($request: ID!, $kind: TemplateKind!, $templateVersion: String!,
    $clauses: [String!]!, $consequences: [String!]!, $validFrom: Date!) {
  done: draftTemplate(clientMutationId: $request, kind: $kind, matter: ENTRY,
    templateVersion: $templateVersion, subjectTypes: ["STUDENT"], clauses: $clauses,
    consequences: $consequences, validFrom: $validFrom) {
    ok errors { message } text: commitmentTemplate { id revision state } } }`;
const PUBLISH = `mutation ($request: ID!, $id: ID!, $revision: Int!) {
  done: publishTemplate(clientMutationId: $request, id: $id, expectedVersion: $revision,
    reason: "核对无误") {
    ok errors { message } text: commitmentTemplate { id revision state } } }`;

interface Text {
  readonly id: string;
  readonly revision: number;
  readonly state: string;
}
interface Taken {
  readonly done: Done & { readonly text: Text };
}

function textOf({ done }: Taken): Text {
  requireDone('The texts of entry', done);
  return done.text;
}

/**
 * Publish the texts of entry. What is published already stays, and a draft that a torn seeding left is
 * published.
 *
 * @throws Error when one of them is refused.
 */
export async function publishEntryTexts(
  { gateway: { url } }: College,
  tokenOf: (person: string) => Promise<string>,
): Promise<void> {
  const [clerk = '', reviewer = ''] = OFFICE_PEOPLE['archive'] ?? [];
  const first = asPerson(url, await tokenOf(clerk));
  const second = asPerson(url, await tokenOf(reviewer));
  interface Known {
    readonly commitmentTemplates: readonly (Text & { readonly templateVersion: string })[];
  }
  const { commitmentTemplates: known } = await first<Known>(KNOWN);
  for (const one of TEXTS) {
    const { templateVersion } = one;
    const found = known.find((text) => text.templateVersion === templateVersion);
    const text = found ?? textOf(await first<Taken>(DRAFT, { ...one, validFrom: VALID_FROM }));
    const { id, revision, state } = text;
    if (state === 'DRAFT') textOf(await second<Taken>(PUBLISH, { id, revision }));
  }
}
