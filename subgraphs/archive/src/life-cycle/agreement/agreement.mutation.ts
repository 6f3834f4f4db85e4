import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload } from '@chengxin/kit/change/door';
import { Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Args, Ctx, Resolver } from 'type-graphql';
import { Archive } from '../archive.entity.js';
import { archive } from '../archive.noun.js';
import { TemplateKind } from '../commitment-template.entity.js';
import { entrySteps } from '../archive/entry-steps.loader.js';
import { afterStep, WITHOUT_GUARDIAN } from '../archive/entry.rules.js';
import { agreement } from './agreement.noun.js';
import { signedAgreement } from './agreement.rules.js';
import { signingOf } from './signing.loader.js';

/** The service agreement (诚信档案服务协议). Source: G10.2, F-03. */
@Resolver(() => Archive)
export class AgreementMutation {
  @Changes('agreement.sign', archive, 'Sign the service agreement that the own archive offers.')
  signAgreement(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'agreement.sign', archive, args, async (row, act) => {
      const { studentNo, agreementVersion: version } = row;
      const { today } = act;
      const { AGREEMENT } = TemplateKind;
      const signing = await act.follow((em) =>
        signingOf(em, AGREEMENT, { studentNo, version, today }),
      );
      const made = signedAgreement(row, signing, act);
      const [signed] = await act.alsoMake(agreement, [made], 'agreement.sign');
      const steps = await act.follow((em) => entrySteps(em, studentNo));
      const done = { isPromised: false, isActivated: false, ...steps, isAgreed: true };
      return {
        ...afterStep(done, row, today),
        ...(signed && { agreementId: signed.id }),
        ...WITHOUT_GUARDIAN,
      };
    });
  }
}
