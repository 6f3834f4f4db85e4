import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { snake } from '@chengxin/kit/database/snake';
import { valuesOf, type ImportJob, type StagedCheck } from '@chengxin/kit/import/job';
import type { Follower } from '@chengxin/kit/import/approval';
import type { Reason } from '@chengxin/kit/import/reason';
import { inOpenArchive } from './archive/read-only.js';
import { listed } from '../row-groups/row-groups.js';
import { EnrolmentStatus } from '../student/student.entity.js';

/** Who studies: the roll says of a no-show that he does not. */
const STUDIES = listed([EnrolmentStatus.ENROLLED, EnrolmentStatus.SUSPENDED]);

/** All archives of a student are void: one at least, and no other. */
const isVoid = (studentNo: string): string =>
  `(select bool_and(a.state = 'VOID') from archive a where a.student_no = ${studentNo})`;

const OPEN = `
  insert into archive (student_no, state, opened_on, recorded_by, recorded_at, approved_by,
    approved_at, evidence)
  select s.student_no, 'IMPORTED', s.enrolled_on, ?, ?::timestamptz, ?, ?::timestamptz,
    jsonb_build_array(jsonb_build_object('id', ?::text, 'docNo', ?::text))
  from student s where s.student_no = any(?::text[])
    and case when exists (select from archive a where a.student_no = s.student_no)
      then ${isVoid('s.student_no')} and s.enrolment_status in (${STUDIES}) else true end`;

/** Whoever is imported has an archive from then on, on the day of his entry (G10.1, G10.3, 2.4). */
export const openArchives: Follower = async (em, approval, students) => {
  const { batchId, basisDocNo, recordedBy, recordedAt, approvedBy, approvedAt } = approval;
  const docNo = basisDocNo ?? `IMPORT-${batchId}`;
  const people = [recordedBy, recordedAt, approvedBy, approvedAt];
  const studentNos = valuesOf(students, 'studentNo');
  await execute(em, OPEN, [...people, batchId, docNo, studentNos]);
};

const RETURN = `
  select r.line, r.value->>'studentNo' as "studentNo" from import_row r
  where r.batch_id = ?::uuid and r.value->>'enrolmentStatus' in (${STUDIES})
    and ${isVoid(`r.value->>'studentNo'`)} order by r.line`;

/**
 * An archive that was voided after the file came: neither its clerk nor its reviewer has read that the row
 * opens it anew.
 */
const voidedSince: StagedCheck = {
  column: 'studentNo',
  reason: {
    zh: '该学生的档案在导入后已作废，请重新导入',
    en: 'the archive of the student was voided since: bring the row in anew',
  },
  wrong: `r.value->>'enrolmentStatus' in (${STUDIES}) and ${isVoid(`r.value->>'studentNo'`)}
    and exists (select from operation_log l join import_batch b on b.id = r.batch_id
      where l.target_type = 'Archive' and l.target_id = r.value->>'studentNo'
        and l.action = 'archive.void' and l.at > b.recorded_at)`,
};

/** What the roll may still say of a student whose archive is closed: that he has graduated or left. */
const STILL_SAID: ReadonlySet<string> = new Set(['enrolmentStatus', 'graduationOn']);

/** A closed archive is read only to the roll too, but for what follows from graduation (F-08, G10.1). */
function holdsClosed({ key, facts }: ImportJob): StagedCheck {
  const apart = new Set([...key, ...(facts?.unlike ?? [])]);
  const held = Object.keys(facts?.fields ?? {}).filter(
    (field) => !apart.has(field) && !STILL_SAID.has(field),
  );
  return {
    column: 'studentNo',
    reason: inOpenArchive.reason,
    wrong: `exists (select from archive a join student s on s.student_no = a.student_no
      where a.student_no = r.value->>'studentNo' and a.state in ('CLOSED', 'RETAINED')
        and ((r.value->>'enrolmentStatus' in (${STUDIES})
            and s.enrolment_status <> r.value->>'enrolmentStatus')
          or (${held.map((field) => `coalesce(s.${snake(field)}::text, '')`).join(', ')})
            is distinct from
            (${held.map((field) => `coalesce(r.value->>'${field}', '')`).join(', ')})))`,
  };
}

interface Returning {
  readonly line: number;
  readonly studentNo: string;
}
const returning = (em: EntityManager, batchId: string): Promise<Returning[]> =>
  execute<Returning>(em, RETURN, [batchId]);

/** Lines that a note names; a roll that brings back more than these is a mistake of another kind. */
const LINES_NAMED = 20;

function noteOf(rows: readonly Returning[]): Reason {
  const lines = rows.slice(0, LINES_NAMED).map(({ line }) => line);
  const more = rows.length > LINES_NAMED ? '…' : '';
  return {
    zh: `以下各行学生的档案此前已作废（未报到），审核后重新建档，共 ${rows.length} 行：${lines.join('、')}${more}。仍未报到的，请删去该行，或将学籍状态改为退学。`,
    en: `The archives of the students of these ${rows.length} lines are void, since they never came, and are opened anew by the approval: ${lines.join(', ')}${more}. Whoever has still not come: leave the line out, or say that he has withdrawn.`,
  };
}

/**
 * A roll on which somebody stands as a student whose archive is void brings him back, also where the row
 * says nothing new of him: it changes what he is, and the report says so by line.
 */
export const bringingBack = (job: ImportJob): ImportJob => ({
  ...job,
  checks: [...job.checks, voidedSince, holdsClosed(job)],
  async apply(em, approval) {
    const { count, rows } = await job.apply(em, approval);
    const changed = new Set(valuesOf(rows, 'studentNo'));
    const back = (await returning(em, approval.batchId)).filter(
      ({ studentNo }) => !changed.has(studentNo),
    );
    return {
      count: count + back.length,
      rows: [...rows, ...back.map(({ studentNo }) => ({ studentNo }))],
    };
  },
  async notes(em, batchId) {
    const rows = await returning(em, batchId);
    return rows.length ? [noteOf(rows)] : [];
  },
});
