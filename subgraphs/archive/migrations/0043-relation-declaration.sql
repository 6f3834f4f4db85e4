-- A declaration is made by whom it concerns, and stays (F-02).
alter table relation_declaration
  add column id uuid not null default gen_random_uuid() unique,
  add column version integer not null default 1;
revoke update, delete on relation_declaration from :app;
