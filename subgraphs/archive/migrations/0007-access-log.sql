-- Who asked what about whom (INV-12). Groups and effects alone: no value of anybody stands here.

-- One request about one student, or about nobody in particular (a list, a refused request).
create table access_event (
  -- Request and student: what the offices tell of one request is one event.
  id text primary key,
  request_id uuid not null,
  -- As it was asked for, whether there is such a student or not; '' where nobody is named.
  student_no text not null,
  at timestamptz not null,
  actor text not null,
  actor_role text not null,
  -- As he was called and where he worked at that time.
  actor_name text,
  actor_office text,
  purpose text not null,
  reference text,
  operation_name text
);
create index access_event_student on access_event (student_no, at desc, id desc);
revoke update, delete on access_event from :app;

-- What one call to one office showed alike of some students: one row for any number of them.
create table access_call (
  call_id uuid not null,
  part integer not null,
  request_id uuid not null,
  office text not null,
  student_nos text[] not null,
  allowed text[] not null,
  masked text[] not null,
  denied text[] not null,
  -- Of a list: how many students stood in it.
  student_count integer,
  primary key (call_id, part)
);
create index access_call_request on access_call (request_id);
revoke update, delete on access_call from :app;

-- An event is the sum of its parts.
create view access_event_part as
  select e.id as event_id, c.call_id, c.part, c.office, c.allowed, c.masked, c.denied,
    c.student_count
  from access_event e
  join access_call c on c.request_id = e.request_id and e.student_no = any(c.student_nos);
