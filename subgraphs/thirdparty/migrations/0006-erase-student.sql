-- There is no roster here: rows go with their consents, and nobody is erased by his number.
revoke execute on function erase_gone_student(text, timestamptz) from :app;
