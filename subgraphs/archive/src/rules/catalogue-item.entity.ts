import { Privacy } from '@chengxin/kit/schema/guard';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum CatalogueSubject {
  STUDENT = 'STUDENT',
  STAFF = 'STAFF',
  SCHOOL = 'SCHOOL',
}
registerEnumType(CatalogueSubject, {
  name: 'CatalogueSubject',
  description: 'Whom a catalogue item is about.',
});

export enum CatalogueNature {
  GOOD = 'GOOD',
  BAD = 'BAD',
  BASIC = 'BASIC',
}
registerEnumType(CatalogueNature, {
  name: 'CatalogueNature',
  description: 'What a catalogue item says of its subject.',
});

export enum CatalogueSharing {
  PUBLIC = 'PUBLIC',
  SHARED = 'SHARED',
  QUERY_ONLY = 'QUERY_ONLY',
  NONE = 'NONE',
}
registerEnumType(CatalogueSharing, {
  name: 'CatalogueSharing',
  description: 'How far a catalogue item may go.',
});

/** What an office supplies; data outside the catalogue is refused (G6.0). From a data file. */
@ObjectType({ description: 'What an office supplies (G6.0, Z5.1.1).' })
@Privacy('RULES')
export class CatalogueItem {
  @Field(() => ID, { nullable: true, description: 'Code of the provider, then a sequence.' })
  code!: string;

  @Field(() => String, { nullable: true })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Form in which it comes.' })
  format!: string;

  @Field(() => String, { nullable: true, description: 'Office that supplies it.' })
  providerOffice!: string;

  @Field(() => CatalogueSubject, { nullable: true })
  subjectType!: CatalogueSubject;

  @Field(() => CatalogueNature, { nullable: true })
  nature!: CatalogueNature;

  @Field(() => CatalogueSharing, { nullable: true })
  sharing!: CatalogueSharing;

  @Field(() => String, { nullable: true })
  updateCycle!: string;

  @Field(() => [String], { nullable: true, description: 'Names of its data items.' })
  items!: string[];

  @Field(() => String, { nullable: true, description: 'Clause that it is collected under.' })
  basis!: string;

  /** Subgraph and import that supply it: `finance/bills`. */
  importedBy!: string;
}
