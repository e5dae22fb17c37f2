-- Read model of the event log: the KEKs that each organization has or had. The generation is raised by everything that
-- changes how data keys are to be wrapped, so that one that was wrapped before it is not stored after it.
create table secrets.encryption_key (
    organization_id uuid not null,
    provider        text not null,
    key_name        text not null,
    origin          text not null,
    state           text not null,
    generation      bigint not null,
    assigned_at     timestamptz not null,
    primary key (organization_id, provider, key_name)
);
create unique index encryption_key_current on secrets.encryption_key (organization_id) where state = 'current';
create index encryption_key_shredded on secrets.encryption_key (organization_id) where state = 'shredded';

-- Work that takes longer than a request. Any node takes a job for as long as its lease, and goes on where the row says.
create table secrets.job (
    id              uuid primary key,
    organization_id uuid not null,
    kind            text not null,
    state           text not null,
    provider        text,
    key_name        text,
    key_version     text,
    rotates         boolean not null,
    data_key_id     uuid,
    total           bigint not null default 0,
    done            bigint not null default 0,
    cursor          uuid,
    error           text,
    attempts        integer not null default 0,
    actor           text not null,
    request_id      text not null,
    requested_at    timestamptz not null,
    finished_at     timestamptz,
    due_at          timestamptz not null,
    lease_id        uuid,
    leased_until    timestamptz
);
create unique index job_running on secrets.job (organization_id, kind) where state = 'running';
create index job_due on secrets.job (due_at) where state = 'running';
create index job_in_organization on secrets.job (organization_id, requested_at);

-- When a later version took a secret's place. It is destroyed some time after.
alter table secrets.sealed_secret add column replaced_at timestamptz;
create index sealed_secret_replaced on secrets.sealed_secret (replaced_at) where replaced_at is not null;
create index sealed_secret_place on secrets.sealed_secret (organization_id, owner, purpose);
create index sealed_secret_in_organization on secrets.sealed_secret (organization_id, id);

-- When a data key stopped sealing. It is destroyed some time after nothing is sealed with it any more.
alter table secrets.data_key add column retired_at timestamptz;
create index data_key_retired on secrets.data_key (retired_at) where retired_at is not null;
update secrets.data_key set retired_at = now() where not current;
