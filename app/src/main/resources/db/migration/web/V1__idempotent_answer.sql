-- The first answers to POSTs with an Idempotency-Key, sealed like every secret, for 24 hours.
create table web.idempotent_answer (
    actor      text not null,
    key_sha256 bytea not null,
    organization_id uuid not null,
    answer_id  uuid,
    created_at timestamptz not null,
    primary key (actor, key_sha256)
);
create index idempotent_answer_created_at on web.idempotent_answer (created_at);
