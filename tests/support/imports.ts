import { randomUUID } from 'node:crypto';
import { OFFICE_PEOPLE } from '@chengxin/college/office-people';
import { actionOf } from '@chengxin/kit/action/actions';
import type { Identity } from '@chengxin/kit/call/identity';
import { approve } from '@chengxin/kit/import/approve';
import { propose, type AuthorizeImport } from '@chengxin/kit/import/propose';
import type { ImportReport } from '@chengxin/kit/import/report';
import type { OfficeDefinition } from '@chengxin/kit/server/office-definition';
import type { OfficeParts } from '@chengxin/kit/server/office-parts';
import type { Role } from '@chengxin/kit/privacy/roles';

/** An identity as the gateway would sign it for an import. */
export const importer = (subject: string, role: Role, orgs: readonly string[] = []): Identity => ({
  subject,
  role,
  orgs,
  purpose: 'OFFICE_DUTY',
  requestId: randomUUID(),
  groups: [],
  deniedAtGateway: [],
});

/** Leave for whatever is read, as it is given to this person. */
export const authorizationOf =
  (identity: Identity): AuthorizeImport =>
  () =>
    Promise.resolve(identity);

/** Import a file of an office by its two people, as far as in force. */
export async function importFile(
  started: { readonly offices: ReadonlyMap<string, OfficeParts> },
  definitions: readonly OfficeDefinition[],
  office: string,
  kind: string,
  file: string,
  clerk?: Identity,
): Promise<ImportReport> {
  const running = started.offices.get(office);
  const jobs = definitions.find(({ name }) => name === office)?.imports ?? [];
  const job = jobs.find((one) => one.kind.name === kind);
  if (!running || !job) throw new Error(`${office} imports no ${kind}.`);
  const [first = '', second = ''] = OFFICE_PEOPLE[office] ?? [];
  const by = clerk ?? importer(first, actionOf(job.action)?.roles.at(-1) ?? 'PUBLIC');
  const report = await propose(running, job, file, authorizationOf(by));
  if (!job.approval) return report;
  const reviewer = importer(second, actionOf(job.approval)?.roles[0] ?? 'PUBLIC');
  return approve(running, jobs, report.batchId, reviewer);
}
