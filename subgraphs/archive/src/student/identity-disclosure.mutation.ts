import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import type { Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { sendNotices } from '../notify/send-notices.js';
import { openIdNumber } from './id-number.js';
import { requireCheckLeft } from './identity-checks.js';
import { IdentityDisclosure, IdentityDisclosureKind } from './identity-disclosure.entity.js';
import { identityDisclosure } from './identity-disclosure.noun.js';
import { endsWith, readLastSix } from './identity-disclosure.rules.js';
import { countOpened } from './opening.js';
import type { Student } from './student.entity.js';
import { student } from './student.noun.js';
import { STUDENT_AFFAIRS } from '../org/own-office.js';

@ArgsType()
class RevealArgs extends ChangeArgs {
  @Field(() => ID)
  studentNo!: string;
}

@ArgsType()
class ConfirmArgs extends RevealArgs {
  @Field(() => String, { description: 'Last six characters of the number, as on the paper.' })
  lastSix!: string;
}

/** What the answer shows, and no column holds. */
type Values = Pick<IdentityDisclosure, 'idNumber' | 'phone' | 'emergencyContact' | 'matches'>;

/** What one disclosure shows of a student; thrown, why it shows nothing. */
type Reveal = (row: Student, act: Act) => Values | Promise<Values>;

/** The student is notified of each disclosure, whatever it showed (F-05). */
const notify = ({ id, studentNo }: IdentityDisclosure, { follow }: Act) =>
  follow((em, now) =>
    sendNotices(em, now, [
      {
        studentNo,
        kind: 'IDENTITY',
        subgraph: 'archive',
        type: identityDisclosure.name,
        id,
        office: STUDENT_AFFAIRS,
        groups: ['SENSITIVE_IDENTITY'],
      },
    ]),
  );

/**
 * One student's data to whoever may disclose them: with a line in the log, a notice and an access event
 * that says so. A replay shows the row and no value, like that of a report token.
 */
async function disclose(
  ctx: Context,
  action: string,
  kind: IdentityDisclosureKind,
  args: RevealArgs,
  reveal: Reveal,
): Promise<Payload> {
  let values: Values | undefined;
  const step = async (row: Student, act: Act) => {
    ctx.disclosures.opened(row.studentNo);
    await countOpened(ctx, row.studentNo);
    values = await reveal(row, act);
    ctx.disclosures.record(row.studentNo, 'SENSITIVE_IDENTITY', 'ALLOW');
    return { kind };
  };
  const on = { noun: student, id: args.studentNo };
  const payload = await open(ctx, action, identityDisclosure, on, args, step, notify);
  const row = payload['identityDisclosure'] as IdentityDisclosure | null;
  if (row) Object.assign(row, values);
  return payload;
}

/** Contact and ID number on need, one student at a time (F-05). */
@Resolver(() => IdentityDisclosure)
export class IdentityDisclosureMutation {
  @Changes('idNumber.reveal', identityDisclosure, 'Disclose the ID number of one student.')
  revealIdNumber(@Args(() => RevealArgs) args: RevealArgs, @Ctx() ctx: Context): Promise<Payload> {
    const { dataKey } = ctx.keyring;
    const { ID_NUMBER } = IdentityDisclosureKind;
    return disclose(ctx, 'idNumber.reveal', ID_NUMBER, args, ({ studentNo, sealedIdNumber }) => ({
      idNumber: openIdNumber(dataKey, studentNo, sealedIdNumber),
    }));
  }

  @Changes(
    'idNumber.confirm',
    identityDisclosure,
    'Compare six characters with the ID number of one student; five times a day.',
  )
  confirmIdNumber(
    @Args(() => ConfirmArgs) args: ConfirmArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const { dataKey } = ctx.keyring;
    const { ID_NUMBER_CHECK } = IdentityDisclosureKind;
    return disclose(ctx, 'idNumber.confirm', ID_NUMBER_CHECK, args, async (row, act) => {
      const lastSix = readLastSix(args.lastSix);
      await requireCheckLeft(act);
      const idNumber = openIdNumber(dataKey, row.studentNo, row.sealedIdNumber);
      return { matches: endsWith(idNumber, lastSix) };
    });
  }

  @Changes(
    'contact.reveal',
    identityDisclosure,
    'Disclose the phone number and emergency contact of one student of an own class.',
  )
  revealContact(@Args(() => RevealArgs) args: RevealArgs, @Ctx() ctx: Context): Promise<Payload> {
    const { CONTACT } = IdentityDisclosureKind;
    return disclose(ctx, 'contact.reveal', CONTACT, args, ({ phone, emergencyContact }) => ({
      ...(phone && { phone }),
      ...(emergencyContact && { emergencyContact }),
    }));
  }
}
