-- What was revoked here of records that offices own is published to each of them, under a topic of its own
-- (docs/decisions/0096). What was revoked before is published now: an office ends a fact once.
delete from outbox where topic = 'revokedFinding';
insert into outbox (topic, key, version, at)
select 'revoked:' || source_subgraph, source_id, version, now() from (
  select source_subgraph, source_id, version from conduct_record
  where state = 'REVOKED' and source_subgraph <> 'archive'
  union all
  select source_subgraph, source_id, version from good_record
  where state = 'REVOKED' and source_subgraph <> 'archive'
) r;
