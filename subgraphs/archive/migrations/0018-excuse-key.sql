-- Events of excuses are joined by their key when the feed is read.
create index excuse_told_key on excuse_told ((student_no || ':' || academic_year));
