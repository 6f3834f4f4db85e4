-- By which privacy tables a read was decided (G20.1, PIPL 54): their digest, in every event from now on.
alter table access_event add column tables_hash text;
