-- Who was handed what, and who was refused. A partition per day, so that retention drops tables and deletes no rows.
create table audit.read (
    at              timestamptz not null,
    id              bigint generated always as identity,
    kind            text not null,
    organization_id uuid not null,
    key_id          uuid not null,
    slug            text,
    version         text,
    outcome         text not null,
    request_id      text not null,
    remote_address  text,
    user_agent      text
) partition by range (at);
create index read_of_organization on audit.read (organization_id, at desc, id desc);
-- For days whose partition is not there yet: nothing is ever lost for want of one.
create table audit.read_other partition of audit.read default;

-- What outlives the retention: one row per server and per key, written with the reads that they tell of.
create table audit.last_fetch (
    organization_id uuid not null,
    server_id       uuid not null,
    at              timestamptz not null,
    primary key (organization_id, server_id)
);
create table audit.last_use (
    key_id uuid primary key,
    at     timestamptz not null
);

-- Up to which batch each writer's reads are in. A batch of which nobody knows whether it was committed is sent again.
create table audit.read_writer (
    id    uuid primary key,
    batch bigint not null,
    at    timestamptz not null default now()
);

-- The owner of the schema makes and drops partitions, whoever asks: the role that Leash runs with need not own a table.
create function audit.keep_read_partitions(oldest date, today date, latest date) returns void language plpgsql
    security definer set search_path = pg_catalog, pg_temp as $$
declare
    day date;
    old name;
begin
    for day in select generate_series(today, latest, interval '1 day')::date loop
        begin
            execute format('create table if not exists audit.%I partition of audit.read for values from (%L) to (%L)',
                'read_' || to_char(day, 'YYYYMMDD'), to_char(day, 'YYYY-MM-DD"T00:00:00Z"'),
                to_char(day + 1, 'YYYY-MM-DD"T00:00:00Z"'));
        exception when check_violation then
            raise notice 'audit.read_other has reads of % already, and keeps them', day;
        end;
    end loop;
    for old in select relname from pg_class where relnamespace = 'audit'::regnamespace and relkind = 'r'
            and relname ~ '^read_[0-9]{8}$' and relname < 'read_' || to_char(oldest, 'YYYYMMDD') loop
        execute format('drop table if exists audit.%I', old);
    end loop;
    delete from audit.read_other where at < oldest;
    delete from audit.read_writer where at < oldest;
end
$$;
revoke execute on function audit.keep_read_partitions from public;
