import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { RelationDeclaration } from './relation-declaration.entity.js';

/** A declared relation to a student (F-02): its holder's alone, and never changed. */
export const relationDeclaration = noun<RelationDeclaration>({
  name: 'RelationDeclaration',
  entity: RelationDeclaration,
  actions: ['relation'],
  rows: {
    group: 'TEACHER_ARCHIVE',
    predicates: {},
    where: ({ identity }) => ({ staffNo: identity.subject }),
  },
  withoutStudent: ({ subject }) => ({ staffNo: subject }),
  isSelf: ({ subject }, { staffNo }) => staffNo === subject,
  constraints: {
    relation_declaration_pkey: {
      code: ChangeErrorCode.VALIDATION,
      what: '已申报过与该学生的关系。 The relation to this student is declared already.',
      path: ['studentNo'],
    },
  },
});
