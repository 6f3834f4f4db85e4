/**
 * The marks that say who may see a field: written on the field, read when the process starts.
 * A field or operation without a mark stops the process, by name.
 */
import 'reflect-metadata';
import { Directive, Extensions } from 'type-graphql';
import type { Policy } from '../privacy/groups.js';
import type { Shown } from '../privacy/masks.js';

export interface GroupGuard {
  readonly kind: 'group';
  /** All of them must be open. */
  readonly policies: readonly Policy[];
  /** Adds its policies to those of the class instead of standing for itself. */
  readonly adds?: boolean;
  /** A root list of the office's own people. */
  readonly own?: boolean;
  /** Makes the shape that a masked value takes (a category, a flag). */
  readonly mask?: (value: never, shown: Shown) => unknown;
  /**
   * On a sealed row the field is visible where masks.csv shows this one, and not by its own name.
   */
  readonly sealedAs?: readonly [type: string, field: string];
}
export interface ActionGuard {
  readonly kind: 'action';
  readonly action: string;
}
export interface PlainGuard {
  /** `key`: names the thing; `inherit`: decided by the field that returns it; `decision`: `access`. */
  readonly kind: 'key' | 'inherit' | 'decision';
}
export type Guard = GroupGuard | ActionGuard | PlainGuard;

export type Mark = ClassDecorator & MethodDecorator & PropertyDecorator;
const mark = (guard: Guard, ...directives: string[]): Mark =>
  ((...target: unknown[]) => {
    const apply = (decorator: unknown) => (decorator as (...on: unknown[]) => void)(...target);
    for (const directive of directives) apply(Directive(directive));
    apply(Extensions({ guard }));
  }) as Mark;

interface GroupOptions<Value> {
  own?: boolean;
  mask?: (value: Value, shown: Shown) => unknown;
  sealedAs?: readonly [type: string, field: string];
}

/**
 * The privacy group of a field, or of every field of a class that has none of its own.
 * Several groups on one field must all be open (DOMAIN 3.1).
 */
export const Privacy = <Value = never>(
  group: Policy | readonly Policy[],
  options: GroupOptions<Value> = {},
): Mark => mark({ kind: 'group', policies: [group].flat() as Policy[], ...options } as GroupGuard);

/** A group beside that of the class: who recorded a fact is also personal data of staff. */
export const Also = (...policies: Policy[]): Mark => mark({ kind: 'group', policies, adds: true });

/** The action that a mutation takes (DOMAIN 3.8). Reading its payload has groups of its own. */
export const Action = (action: string): Mark => mark({ kind: 'action', action });

/** What the `id` of a mutation is: `studentNo` of an `Archive`, `id` of a `Deferral`. */
export interface NamedRow {
  readonly type: string;
  readonly field: string;
}

/** The field of a type by which a mutation names its row; the description of its `id` says it. */
export const NamesRow = (type: string, field: string): MethodDecorator =>
  Extensions({ names: { type, field } satisfies NamedRow });

/** A key: it names the thing and is known to whoever selects it. */
export const Key = (): Mark => mark({ kind: 'key' });

/** A value type without a key: decided by the field that returns it. */
export const Inherit = (): Mark => mark({ kind: 'inherit' });

/** `Student.access` where it is made (the archive); clients cannot select it. */
export const DecisionField = (): Mark => mark({ kind: 'decision' }, '@inaccessible');

/** `Student.access` where it is brought along by the planner. */
export const BroughtDecision = (): Mark => mark({ kind: 'decision' }, '@external');
