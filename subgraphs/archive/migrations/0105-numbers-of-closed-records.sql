-- The number of an own record that is closed may stand again, as at the offices: that it is used would say
-- that there is one, to those who may not know (FG14, 3.7(15)). Records of offices have one row for ever.
alter table conduct_record drop constraint conduct_record_source;
create unique index conduct_record_of_office on conduct_record (source_subgraph, source_id)
  where source_subgraph <> 'archive';
create unique index conduct_record_source on conduct_record (source_subgraph, source_id)
  where source_subgraph = 'archive' and state not in
    ('DISMISSED', 'REPAIRED', 'LIFTED', 'EXPIRED', 'REVOKED', 'SEALED');
create index conduct_record_number on conduct_record (source_subgraph, source_id);

alter table good_record drop constraint good_record_source;
create unique index good_record_of_office on good_record (source_subgraph, source_id)
  where source_subgraph <> 'archive';
create unique index good_record_source on good_record (source_subgraph, source_id)
  where source_subgraph = 'archive' and state <> 'REVOKED';
create index good_record_number on good_record (source_subgraph, source_id);
