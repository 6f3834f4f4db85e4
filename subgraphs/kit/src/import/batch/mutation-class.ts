/** Resolver classes with the one mutation that the table names for an action. */
import { Args, Ctx, Resolver, type ClassType } from 'type-graphql';
import { actionOf } from '../../action/actions.js';
import type { Context } from '../../call/context.js';

export interface MutationParts<Request> {
  /** `finance.approveImport` */
  readonly action: string;
  readonly args: ClassType;
  /** `Changes` or `ChangesMany`. */
  readonly mark: MethodDecorator;
  readonly run: (ctx: Context, request: Request) => Promise<unknown>;
}

export function mutationClass<Request>({
  action,
  args,
  mark,
  run,
}: MutationParts<Request>): ClassType {
  const name = actionOf(action)?.entrance ?? '';
  class OneMutation {}
  const prototype = OneMutation.prototype as Record<string, unknown>;
  prototype[name] = (request: Request, ctx: Context) => run(ctx, request);
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
  Reflect.defineMetadata('design:paramtypes', [args, Object], prototype, name);
  Args(() => args)(prototype, name, 0);
  Ctx()(prototype, name, 1);
  mark(prototype, name, descriptor);
  Resolver()(OneMutation);
  return OneMutation;
}
