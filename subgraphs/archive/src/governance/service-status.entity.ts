import { Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum ServiceState {
  UP = 'UP',
  DEGRADED = 'DEGRADED',
  DOWN = 'DOWN',
}
registerEnumType(ServiceState, { name: 'ServiceState', description: 'How a service answers.' });

/** How a part of the platform answers, as the Network Center says. Source: G6.5. */
@Entity({ tableName: 'service_status' })
@ObjectType({ description: 'How a part of the platform answers (G6.5).' })
@Privacy('ADMINISTRATION')
export class ServiceStatus {
  @Field(() => ID, { nullable: true, description: 'Office or service: archive, gateway, ….' })
  @PrimaryKey({ type: 'string' })
  component!: string;

  @Field(() => ServiceState, { nullable: true })
  @Enum({ items: () => ServiceState })
  state!: ServiceState;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  since!: Date;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string', nullable: true })
  note?: string;
}
