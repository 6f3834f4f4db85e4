-- Each request that opens a report is one view (note 7, SC-06).
create table report_view (
  token_id uuid not null references report_token (id),
  request_id text not null,
  at timestamptz not null,
  primary key (token_id, request_id)
);
revoke update, delete on report_view from :app;
