-- The tables since 0046 follow a renumbering as well (docs/decisions/0059).
select defer_student_keys();
