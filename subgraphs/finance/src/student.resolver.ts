import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Arrears } from './arrears.entity.js';
import { arrearsOf } from './arrears.loader.js';
import { Bill } from './bill.entity.js';
import { billsOf } from './bill.loader.js';
import { Deferral } from './deferral.entity.js';
import { deferralsOf } from './deferral.loader.js';
import { Payment } from './payment.entity.js';
import { paymentsOf } from './payment.loader.js';
import { Student } from './student.stub.js';

/** What finance knows of a student. */
@Resolver(() => Student)
export class StudentResolver {
  @Privacy('TUITION')
  @FieldResolver(() => [Bill], { nullable: true, description: 'Bills, the latest first.' })
  bills(@Root() student: Student, @Ctx() ctx: Context): Promise<Bill[]> {
    return billsOf(ctx).load(student.studentNo);
  }

  @Privacy('TUITION')
  @FieldResolver(() => [Payment], { nullable: true, description: 'Payments, the latest first.' })
  payments(@Root() student: Student, @Ctx() ctx: Context): Promise<Payment[]> {
    return paymentsOf(ctx).load(student.studentNo);
  }

  @Privacy('TUITION')
  @FieldResolver(() => [Deferral], {
    nullable: true,
    description: 'Deferrals (缓交), the latest first.',
  })
  deferrals(@Root() student: Student, @Ctx() ctx: Context): Promise<Deferral[]> {
    return deferralsOf(ctx).load(student.studentNo);
  }

  @Privacy('TUITION')
  @FieldResolver(() => [Arrears], {
    nullable: true,
    description: 'Overdue bills, the oldest first (G6.3).',
  })
  arrears(@Root() student: Student, @Ctx() ctx: Context): Promise<Arrears[]> {
    return arrearsOf(ctx).load(student.studentNo);
  }
}
