-- How far each reader has passed the outbox, by its own request for what comes next.
create table feed_reader (
  topic text not null,
  reader text not null,
  epoch uuid not null,
  xid xid8 not null,
  id bigint not null,
  primary key (topic, reader)
);
revoke delete on feed_reader from :app;

-- The newest row of each topic that was deleted, in the numbers of the present history.
create table outbox_pruned (
  topic text primary key,
  xid xid8 not null,
  id bigint not null
);
revoke insert, update, delete on outbox_pruned from :app;

-- Where each topic told of every record anew, for a reader that asked from before what was deleted.
create table outbox_republished (
  topic text primary key,
  xid xid8 not null,
  id bigint not null
);
revoke delete on outbox_republished from :app;
