-- Bills with what hangs on them follow the number of their student (F-07).
select defer_student_keys();
