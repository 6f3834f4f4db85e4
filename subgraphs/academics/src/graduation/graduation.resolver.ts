import { isUuid } from '@chengxin/kit/database/uuid';
import { ownList } from '@chengxin/kit/read/own-list';
import { RosterFilter } from '@chengxin/kit/read/roster';
import { Day } from '@chengxin/kit/schema/scalars';
import { Reads } from '@chengxin/kit/schema/reads';
import { Field, FieldResolver, ID, InputType, Resolver, Root } from 'type-graphql';
import { Student } from '../student.stub.js';
import { Graduation, GraduationOutcome } from './graduation.entity.js';

@InputType()
class GraduationFilter {
  @Field(() => RosterFilter, { nullable: true })
  student?: RosterFilter;

  @Reads('Graduation.graduationOn')
  @Field(() => Day, { nullable: true })
  graduationOn?: string;

  @Reads('Graduation.outcome')
  @Field(() => GraduationOutcome, { nullable: true })
  outcome?: GraduationOutcome;

  @Reads('Graduation.listId')
  @Field(() => ID, { nullable: true, description: 'By the graduation list on which they stand.' })
  listId?: string;
}

/** What names no list is the number of none. */
const onList = (listId: string): object => (isUuid(listId) ? { listId } : { id: null });

export const GraduationRoot = ownList({
  name: 'graduations',
  noun: 'Graduation',
  entity: Graduation,
  group: 'ACADEMIC_SUMMARY',
  description: 'Who graduates, for academic affairs alone, the latest day first (G10.1).',
  filter: GraduationFilter,
  equal: ['graduationOn', 'outcome'],
  where: (_, filter) => (filter?.listId ? [onList(filter.listId)] : []),
  order: [
    ['graduationOn', 'desc'],
    ['id', 'asc'],
  ],
});

@Resolver(() => Graduation)
export class GraduationResolver {
  @FieldResolver(() => Student, { nullable: true, description: 'Who graduates.' })
  student(@Root() graduation: Graduation): Student {
    return { studentNo: graduation.studentNo };
  }
}
