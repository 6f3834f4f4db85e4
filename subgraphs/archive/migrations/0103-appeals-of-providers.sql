-- An appeal against what a provider found goes straight to the provider (2.4). Those that the college
-- received, which it may not see, lie with the provider from now on; one that was accepted is inquired.
update appeal p set target_provider = n.recipient_uscc, handler_office = c.source_office,
  target_subgraph = c.source_subgraph, target_typename = c.source_typename, target_id = c.source_id,
  state = case when p.state = 'ACCEPTED' then 'INVESTIGATING' else p.state end,
  version = p.version + 1
from conduct_record c join consent n on n.consent_id = c.consent_id
where c.id = p.record_id and p.kind = 'RECORD' and p.target_provider is null;

-- It is in no queue but the provider's, whoever writes it.
alter table appeal add constraint appeal_of_provider check (target_provider is null
  or (kind = 'RECORD' and record_id is not null and handler_office = target_office));
