import type { Context } from '@chengxin/kit/call/context';
import { change, type After, type Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { dueAfterWorkingDays } from '../calendar/working-days.js';
import { archive } from '../life-cycle/archive.noun.js';
import { sendNotices } from '../notify/send-notices.js';
import {
  SubjectRequest,
  SubjectRequestState,
  SubjectRequestType,
} from './subject-request.entity.js';
import { subjectRequest } from './subject-request.noun.js';
import { ANSWER_WORKING_DAYS, decided, filed } from './subject-request.rules.js';
import { STUDENT_AFFAIRS } from '../org/own-office.js';

@ArgsType()
class FileSubjectRequestArgs extends ChangeArgs {
  @Field(() => ID, { description: 'The student himself.' })
  studentNo!: string;

  @Field(() => SubjectRequestType, { description: 'The right that is used.' })
  type!: SubjectRequestType;

  @Field(() => String, { description: 'What is requested, in the own words.' })
  content!: string;
}

@ArgsType()
class DecideSubjectRequestArgs extends RowArgs {
  @Field(() => Boolean, {
    description: 'True, and outcome says what was done; false, and the person reads the reason.',
  })
  granted!: boolean;

  @Field(() => String, { nullable: true, description: 'What was done; the person reads it.' })
  outcome?: string;
}

const KINDS: Readonly<Partial<Record<SubjectRequestState, string>>> = {
  [SubjectRequestState.GRANTED]: 'REQUEST_GRANTED',
  [SubjectRequestState.REFUSED]: 'REQUEST_REFUSED',
};

/** The person is notified that there is an answer, which stands with his request. */
const notify: After<SubjectRequest> = ({ id, studentNo, state }, { follow }) =>
  follow((em, now) =>
    sendNotices(em, now, [
      {
        studentNo,
        kind: KINDS[state] ?? '',
        subgraph: 'archive',
        type: subjectRequest.name,
        id,
        office: STUDENT_AFFAIRS,
        groups: ['SUBJECT_REQUESTS'],
      },
    ]),
  );

/** The rights of a person about his own data (个人信息权利请求). Source: L-11, DOMAIN 3.6. */
@Resolver(() => SubjectRequest)
export class SubjectRequestMutation {
  @Changes(
    'subjectRequest.file',
    subjectRequest,
    'File a request about the own data; it is answered within 15 working days.',
  )
  fileSubjectRequest(
    @Args(() => FileSubjectRequestArgs) args: FileSubjectRequestArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const on = { noun: archive, id: args.studentNo };
    return open(ctx, 'subjectRequest.file', subjectRequest, on, args, async (_, act) =>
      filed(args, await dueAfterWorkingDays(ctx.em, act.today, ANSWER_WORKING_DAYS), act),
    );
  }

  @Changes('subjectRequest.decide', subjectRequest, 'Answer a request of a person on his own data.')
  decideSubjectRequest(
    @Args(() => DecideSubjectRequestArgs) args: DecideSubjectRequestArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'subjectRequest.decide', subjectRequest, args, decided(args), notify);
  }
}
