-- Keys that were revoked, so that an attempt with one can be told to the organization that it was of.
create table access.revoked_key (
    sha256          bytea primary key,
    id              uuid not null,
    organization_id uuid not null
);

-- The read log tells when a key was last used.
drop table access.api_key_use;
