import type { Context } from '@chengxin/kit/call/context';
import { Evidence } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { DETAIL_TYPES, SelfEntryDetail } from './self-entry-detail.js';
import { SelfEntry, SelfEntryKind } from './self-entry.entity.js';
import { selfEntriesOf, selfEntryDraftsOf } from './self-entry.loader.js';
import { shownEntry } from './self-entry.rules.js';

@Resolver(() => SelfEntry)
export class SelfEntryResolver {
  @FieldResolver(() => SelfEntryDetail, {
    nullable: true,
    description: 'What its kind says beside; each type has groups of its own (2.5).',
  })
  detail(@Root() { kind, studentNo, detail }: SelfEntry): typeof SelfEntryDetail {
    return Object.assign(new DETAIL_TYPES[kind](), { ...detail, studentNo });
  }

  @Privacy('SELF_ENTRY_DRAFTS')
  @FieldResolver(() => [Evidence], {
    nullable: true,
    description: 'Document that it was imported from.',
  })
  evidence(@Root() entry: SelfEntry): Evidence[] {
    return entry.evidence;
  }
}

/** What a student says of himself. */
@Resolver(() => Student)
export class StudentSelfEntryResolver {
  @Reads({ kind: 'SelfEntry.kind' })
  @Privacy('SELF_ENTRIES')
  @FieldResolver(() => [SelfEntry], {
    nullable: true,
    description:
      'Self-reported entries, the latest first; approved ones, and others for those to whom drafts are open (G8.2).',
  })
  async selfEntries(
    @Root() student: Student,
    @Arg('kind', () => SelfEntryKind, { nullable: true }) kind: SelfEntryKind | undefined,
    @Ctx() ctx: Context,
  ): Promise<SelfEntry[]> {
    const entries = await selfEntriesOf(ctx).load(student.studentNo);
    return entries
      .filter((entry) => !kind || entry.kind === kind)
      .map((entry) => shownEntry(ctx.identity.role, entry));
  }

  @Privacy('SELF_ENTRY_DRAFTS')
  @FieldResolver(() => [SelfEntry], {
    nullable: true,
    description: 'Versions that are not approved, the latest first (G7.3).',
  })
  async selfEntryDrafts(@Root() student: Student, @Ctx() ctx: Context): Promise<SelfEntry[]> {
    const entries = await selfEntryDraftsOf(ctx).load(student.studentNo);
    return entries.map((entry) => shownEntry(ctx.identity.role, entry));
  }
}
