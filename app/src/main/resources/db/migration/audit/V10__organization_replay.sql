-- The latest replay that was asked for, of each organization. Says how it goes to whoever asks, on any node.
create table audit.organization_replay (
    organization_id uuid primary key,
    id              uuid not null,
    swaps           boolean not null,
    state           text not null,
    events          bigint not null default 0,
    tables_done     integer not null default 0,
    replaced_rows   bigint,
    tables          jsonb not null default '[]',
    started_at      timestamptz not null,
    seen_at         timestamptz not null,
    finished_at     timestamptz
);
