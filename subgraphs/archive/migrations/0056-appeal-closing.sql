-- An appeal is closed once it cannot be taken further (2.4).
alter table appeal add column decided_on date;
create index appeal_decided on appeal (decided_on) where state = 'DECIDED';
