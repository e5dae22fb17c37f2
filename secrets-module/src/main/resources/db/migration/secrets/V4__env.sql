-- Read models of the event log: each row can be rebuilt from it.
create table secrets.env_app (
    organization_id uuid not null,
    name            text collate "C" not null,
    app_id          uuid not null unique,
    display_name    text not null,
    keys            text[] not null,
    registered_at   timestamptz not null,
    registered_by   text not null,
    synced_at       timestamptz,
    synced_by       text,
    primary key (organization_id, name)
);

create table secrets.env_source (
    organization_id    uuid not null,
    source_id          uuid not null,
    name               text not null,
    kind               text not null,
    settings           jsonb not null,
    credential_id      uuid,
    credential_version bigint,
    apps               text[] not null,
    stale_seconds      bigint not null,
    version            bigint not null,
    failing_since      timestamptz,
    failure            text,
    added_at           timestamptz not null,
    added_by           text not null,
    changed_at         timestamptz not null,
    changed_by         text not null,
    primary key (organization_id, source_id),
    unique (organization_id, name)
);

-- What sources hold or held: a row stays when its value is gone, so that the next one gets the next version.
create table secrets.env_value (
    organization_id uuid not null,
    source_id       uuid not null,
    key             text collate "C" not null,
    version         bigint not null,
    held            boolean not null,
    changed_at      timestamptz not null,
    changed_by      text not null,
    primary key (organization_id, source_id, key)
);

-- The versions that can be opened, the present one included.
create table secrets.env_version (
    organization_id uuid not null,
    source_id       uuid not null,
    key             text collate "C" not null,
    version         bigint not null,
    secret_id       uuid not null,
    restored_from   bigint,
    changed_at      timestamptz not null,
    changed_by      text not null,
    primary key (organization_id, source_id, key, version)
);

-- Where each organization is told that a source fails; without a URL if nowhere any more.
create table secrets.env_notifications (
    organization_id uuid primary key,
    url             text,
    secret_id       uuid,
    version         bigint not null,
    changed_at      timestamptz not null,
    changed_by      text not null
);

-- Not a read model: what is still to be told.
create table secrets.env_message (
    id              uuid primary key,
    organization_id uuid not null,
    body            text not null,
    attempts        integer not null,
    due_at          timestamptz not null
);
create index env_message_due on secrets.env_message (due_at);

-- Neither of these is a read model: how asking each external source went, and which key last read what.
create table secrets.env_sync (
    organization_id uuid not null,
    source_id       uuid not null,
    tried_at        timestamptz not null,
    succeeded_at    timestamptz,
    asked           text[] not null,
    primary key (organization_id, source_id)
);
create index env_sync_tried on secrets.env_sync (tried_at);

create table secrets.env_read (
    organization_id uuid not null,
    app             text collate "C" not null,
    key             text collate "C" not null,
    api_key_id      uuid not null,
    read_at         timestamptz not null,
    primary key (organization_id, app, key)
);
