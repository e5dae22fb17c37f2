-- Data keys, wrapped by a key management service. One per organization is current: new secrets are sealed with it.
create table secrets.data_key (
    id              uuid primary key,
    organization_id uuid not null,
    provider        text not null,
    key_name        text not null,
    key_version     text not null,
    wrapped         bytea not null,
    created_at      timestamptz not null,
    current         boolean not null
);
create unique index data_key_current on secrets.data_key (organization_id) where current;
create index data_key_in_organization on secrets.data_key (organization_id, id);

-- The only table with ciphertexts of secrets. Owner, purpose and version are for people to read: what binds a
-- ciphertext to its place is the AAD, which whoever opens it computes anew.
create table secrets.sealed_secret (
    id              uuid primary key,
    organization_id uuid not null,
    owner           text not null,
    purpose         text not null,
    version         bigint not null,
    data_key_id     uuid not null references secrets.data_key,
    ciphertext      bytea not null,
    sealed_at       timestamptz not null
);
create index sealed_secret_data_key on secrets.sealed_secret (data_key_id);
