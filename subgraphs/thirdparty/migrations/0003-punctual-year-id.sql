-- Events of punctual years are joined by their number when the feed is read.
alter table punctual_year add unique (id);
