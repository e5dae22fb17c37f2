-- Another value after each change of anything that an organization has. Not a read model: it says that something changed,
-- not what. One small row each, written over and over: room in the page keeps that out of the index.
create table access.revision (
    organization_id uuid primary key,
    revision        uuid not null
) with (fillfactor = 50);
insert into access.revision (organization_id, revision) select id, gen_random_uuid() from access.organization;
