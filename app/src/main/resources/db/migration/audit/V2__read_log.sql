-- Who was handed what, and who was refused. A partition per day, so that retention drops tables and deletes no rows.
create table audit.read (
    at              timestamptz not null,
    organization_id uuid not null,
    key_id          uuid not null,
    slug            text,
    version         text,
    outcome         text not null,
    request_id      text not null,
    remote_address  text,
    user_agent      text
) partition by range (at);
create index read_of_organization on audit.read (organization_id, at);
-- For days whose partition is not there yet: nothing is ever lost for want of one.
create table audit.read_other partition of audit.read default;
