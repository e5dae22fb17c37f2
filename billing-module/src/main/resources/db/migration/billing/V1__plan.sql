-- Read model of the event log: each row can be rebuilt from it.
create table billing.plan (
    organization_id uuid primary key,
    plan            text not null,
    since           timestamptz not null
);
