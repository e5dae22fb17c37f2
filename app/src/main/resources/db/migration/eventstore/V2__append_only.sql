-- The database is in UTF-8, so this never changes its mind, which convert_from by itself does not promise.
create function eventstore.json(bytea) returns jsonb language sql immutable strict parallel safe
    return convert_from($1, 'UTF8')::jsonb;

-- Whose event it is, so that one organization's part of the log can be read. The database fills it, nobody can forget.
alter table eventstore.domain_event add column organization_id uuid not null
    generated always as ((eventstore.json(payload) ->> 'organizationId')::uuid) stored;
create index domain_event_of_organization on eventstore.domain_event (organization_id, global_index);

-- Events that are not in the ledger yet. Written in the transaction of the event, so an event that commits late or
-- leaves a gap in the numbers before it is sealed a little later, and none is forgotten.
create table eventstore.unsealed_event (
    global_index bigint primary key
);
insert into eventstore.unsealed_event select global_index from eventstore.domain_event;

create function eventstore.remember_unsealed() returns trigger language plpgsql as $$
begin
    insert into eventstore.unsealed_event select global_index from appended;
    return null;
end
$$;
create trigger remember_unsealed after insert on eventstore.domain_event
    referencing new table as appended for each statement execute function eventstore.remember_unsealed();

create function eventstore.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '%.% is append-only: % is refused', tg_table_schema, tg_table_name, tg_op using errcode = 'insufficient_privilege';
end
$$;
create trigger append_only before update or delete or truncate on eventstore.domain_event
    for each statement execute function eventstore.refuse_change();
