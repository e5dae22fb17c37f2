create index member_person on access.member (person_id);

-- None of these is a read model: they hold credentials and personal data, which stay out of the event log.
create table access.session (
    sha256          bytea primary key,
    person_id       uuid not null references access.person (id),
    organization_id uuid,
    created_at      timestamptz not null,
    last_seen_at    timestamptz not null,
    expires_at      timestamptz not null
);
create index session_person on access.session (person_id, last_seen_at);
create index session_expiry on access.session (expires_at);

create table access.invitation (
    id              uuid primary key,
    organization_id uuid not null,
    email           text not null,
    role            text not null,
    sha256          bytea not null unique,
    invited_by      text not null,
    invited_at      timestamptz not null,
    expires_at      timestamptz not null
);
create index invitation_organization on access.invitation (organization_id, email);

create table access.api_key_use (
    key_id  uuid primary key,
    used_at timestamptz not null
);
