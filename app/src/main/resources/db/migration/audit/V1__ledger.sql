-- The ledger: an RFC 6962 Merkle tree over the event log. docs/audit.md tells how to recompute all of it.
create table audit.ledger (
    one      boolean primary key default true check (one),
    id       uuid not null default gen_random_uuid(),
    size     bigint not null default 0,
    -- The roots of the perfect subtrees that make up the tree, from the largest to the smallest.
    frontier bytea[] not null default '{}'
);
insert into audit.ledger default values;

create table audit.leaf (
    position              bigint primary key,
    global_index          bigint not null unique,
    organization_id       uuid not null,
    organization_position bigint not null,
    hash                  bytea not null
);
create unique index leaf_of_organization on audit.leaf (organization_id, organization_position);

create table audit.organization_size (
    organization_id uuid primary key,
    size            bigint not null
);

-- Roots of perfect subtrees of 256, 65536, … leaves, so that a proof reads few leaves.
create table audit.subtree (
    level integer not null,
    index bigint not null,
    hash  bytea not null,
    primary key (level, index)
);

create table audit.checkpoint (
    size       bigint primary key,
    root       bytea not null,
    note       text not null,
    created_at timestamptz not null default clock_timestamp()
);

create function audit.field(bytea) returns bytea language sql stable parallel safe
    return int4send(length($1)) || $1;

create function audit.field(text) returns bytea language sql stable parallel safe
    return audit.field(convert_to($1, 'UTF8'));

create function audit.leaf_hash(organization uuid, organization_position bigint, global_index bigint, id text,
        aggregate text, sequence bigint, aggregate_type text, at text, type text, revision text, payload bytea,
        metadata bytea) returns bytea language sql stable parallel safe
    return sha256('\x00'::bytea || audit.field('leash-event-1'::text) || audit.field(organization::text)
        || audit.field(organization_position::text) || audit.field(global_index::text) || audit.field(id)
        || audit.field(aggregate) || audit.field(sequence::text) || audit.field(aggregate_type) || audit.field(at)
        || audit.field(type) || audit.field(revision) || audit.field(payload) || audit.field(metadata));

create trigger append_only before update or delete or truncate on audit.leaf
    for each statement execute function eventstore.refuse_change();
create trigger append_only before update or delete or truncate on audit.checkpoint
    for each statement execute function eventstore.refuse_change();
