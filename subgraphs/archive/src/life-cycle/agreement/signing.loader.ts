/** What a student signs at entry, as it is in force. */
import type { EntityManager } from '@chengxin/kit/database/orm';
import { execute } from '@chengxin/kit/database/orm';
import { ofAge } from '../../age/of-age.js';
import type { CommitmentTemplate, TemplateKind } from '../commitment-template.entity.js';
import type { Signing } from './agreement.rules.js';

const COLUMNS = `id, kind, matter, template_version as "templateVersion", clauses, consequences`;

const TEXT = `
  select ${COLUMNS} from commitment_template
  where kind = ? and matter = 'ENTRY' and template_version = ? and state = 'PUBLISHED'`;

const IN_FORCE = `
  select ${COLUMNS} from commitment_template, (select ?::date as today) d
  where kind = ? and matter = 'ENTRY' and state = 'PUBLISHED' and valid_from <= d.today
    and (valid_to is null or valid_to >= d.today) and subject_types @> '["STUDENT"]'
  order by valid_from desc, template_version desc limit 1`;

const NOTICE = `
  select version from notice_version, (select ?::date as today) d
  where valid_from <= d.today and (valid_to is null or valid_to >= d.today)
  order by valid_from desc, version desc limit 1`;

/** A published text of entry by its version. */
export async function entryText(
  em: EntityManager,
  kind: TemplateKind,
  version: string | undefined,
): Promise<CommitmentTemplate | undefined> {
  const [text] = await execute<CommitmentTemplate>(em, TEXT, [kind, version ?? '']);
  return text;
}

/** The text of entry that is in force on a day. */
export async function entryTextOn(
  em: EntityManager,
  kind: TemplateKind,
  day: string,
): Promise<CommitmentTemplate | undefined> {
  const [text] = await execute<CommitmentTemplate>(em, IN_FORCE, [day, kind]);
  return text;
}

/** Version of the notice on processing that is in force on a day (L-10). */
export async function noticeVersionOn(em: EntityManager, day: string): Promise<string | undefined> {
  const [notice] = await execute<{ version: string }>(em, NOTICE, [day]);
  return notice?.version;
}

/** All that the signing of an agreement takes. */
export async function signingOf(
  em: EntityManager,
  kind: TemplateKind,
  { studentNo, version, today }: { studentNo: string; version: string | undefined; today: string },
): Promise<Signing> {
  const [isOfAge = false] = await ofAge(em, [{ studentNo, actOn: today }]);
  const text = await entryText(em, kind, version);
  return { isOfAge, text, noticeVersion: await noticeVersionOn(em, today) };
}
