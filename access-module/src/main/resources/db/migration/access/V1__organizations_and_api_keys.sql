-- Read models of the event log: each row can be rebuilt from it.
create table access.organization (
    id         uuid primary key,
    name       text not null,
    founded_at timestamptz not null
);

create table access.member (
    organization_id uuid not null,
    person_id       uuid not null,
    role            text not null,
    since           timestamptz not null,
    primary key (organization_id, person_id)
);

-- The keys in force. Found by hash on every fetch.
create table access.api_key (
    sha256          bytea primary key,
    id              uuid not null,
    organization_id uuid not null,
    kind            text not null,
    name            text not null,
    role            text,
    slugs           text[],
    created_at      timestamptz not null,
    created_by      text not null,
    expires_at      timestamptz
);
create unique index api_key_in_organization on access.api_key (organization_id, id);
create unique index api_key_id on access.api_key (id);

-- Not a read model: personal data and credentials stay out of the event log.
create table access.person (
    id                   uuid primary key,
    email                text not null unique,
    password_hash        text not null,
    must_change_password boolean not null
);
