import type { Area } from '../area.js';
import { IdentityDisclosure } from './identity-disclosure.entity.js';
import { IdentityDisclosureMutation } from './identity-disclosure.mutation.js';
import { StewardAssignment } from './steward-assignment.entity.js';
import { StudentStewardResolver } from './steward.resolver.js';
import { StudentAlias } from './student-alias.entity.js';
import { StudentOrgResolver } from './student-org.resolver.js';
import { Student } from './student.entity.js';
import { StudentResolver } from './student.resolver.js';

export const studentArea: Area = {
  entities: [Student, IdentityDisclosure, StewardAssignment, StudentAlias],
  resolvers: [
    StudentResolver,
    StudentOrgResolver,
    IdentityDisclosureMutation,
    StudentStewardResolver,
  ],
};
