-- Nouns about no student: what cases decide, and what the school writes down of its own working.

-- What evaluators decided on one student of a case (G21). Never on the credit grade alone (T-07).
create table case_decision (
  case_id text not null,
  student_no text not null,
  result text not null check (result in ('GRANT', 'REFUSE')),
  reason_codes jsonb not null,
  decided_by text not null,
  decided_at timestamptz not null,
  primary key (case_id, student_no),
  foreign key (case_id, student_no) references case_student (case_id, student_no),
  constraint case_decision_reasons check
    (jsonb_typeof(reason_codes) = 'array' and reason_codes - 'CREDIT_GRADE' <> '[]'::jsonb)
);
