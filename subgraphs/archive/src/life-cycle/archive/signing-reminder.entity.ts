import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

export enum ReminderKind {
  SIGNING = 'SIGNING',
  VERIFICATION = 'VERIFICATION',
}

/** That a student was reminded of his entry on a day; what he reads of it is the notice. Source: F-01. */
@Entity({ tableName: 'signing_reminder' })
export class SigningReminder {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string' })
  studentNo!: string;

  @Enum({ items: () => ReminderKind })
  kind!: ReminderKind;

  @Property({ type: 'date' })
  remindedOn!: string;

  @Property({ type: 'integer' })
  version!: number;
}
