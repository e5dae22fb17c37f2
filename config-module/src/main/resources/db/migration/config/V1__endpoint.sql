-- Read model of the event log: each row can be rebuilt from it. What a fetch needs, found by primary key.
create table config.endpoint (
    organization_id uuid not null,
    slug            text collate "C" not null,
    server_id       uuid not null,
    version         bigint not null,
    display_name    text not null,
    url             text not null,
    transport       text not null,
    bearer_id       uuid,
    bearer_version  bigint,
    headers         jsonb not null,
    primary key (organization_id, slug)
);

-- Not a read model: when each server was last handed off.
create table config.last_fetch (
    organization_id uuid not null,
    server_id       uuid not null,
    fetched_at      timestamptz not null,
    primary key (organization_id, server_id)
);
