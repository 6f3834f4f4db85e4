-- Who asked what about whom (INV-12). Groups and effects alone: no value of anybody stands here.

-- One request about one student, or about nobody in particular (a list, a refused request).
create table access_event (
  -- Request and student: what the offices tell of one request is one event.
  id text primary key,
  request_id text not null,
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

-- What one call to one office showed within an event. An event is the sum of its parts.
create table access_event_part (
  event_id text not null,
  call_id uuid not null,
  part integer not null,
  office text not null,
  allowed text[] not null,
  masked text[] not null,
  denied text[] not null,
  -- Of a list: how many students stood in it.
  student_count integer,
  primary key (event_id, call_id, part)
);
revoke update, delete on access_event_part from :app;
