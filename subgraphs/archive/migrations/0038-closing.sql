-- Number of the final report, with which an archive is closed (DOMAIN 2.4).
alter table archive
  add column final_report_no text check (char_length(final_report_no) between 1 and 60);
