-- Read model of the event log: each row can be rebuilt from it. Holds the servers that are registered.
create table registry.mcp_server (
    organization_id uuid not null,
    slug            text collate "C" not null,
    server_id       uuid not null,
    display_name    text not null,
    url             text not null,
    transport       text not null,
    bearer_version  bigint,
    rotated_at      timestamptz,
    rotated_by      text,
    headers         jsonb not null,
    version         bigint not null,
    registered_at   timestamptz not null,
    registered_by   text not null,
    changed_at      timestamptz not null,
    changed_by      text not null,
    primary key (organization_id, slug)
);
