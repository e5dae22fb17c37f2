-- Reads of a day that had no partition yet are in audit.read_other, and as long as they are there, none can be made. They
-- move into it in the transaction that makes it. Days and moments are in UTC, whatever the session says.
create or replace function audit.keep_read_partitions(oldest date, today date, latest date) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $$
declare
    day date;
    partition name;
    old name;
begin
    -- One node at a time: of two that make the same table, one would fail.
    perform pg_advisory_xact_lock(hashtextextended('audit.keep_read_partitions', 0));
    for day in select generate_series(today, latest, interval '1 day')::date
            union select distinct at::date from audit.read_other where at >= oldest order by 1 loop
        partition := 'read_' || to_char(day, 'YYYYMMDD');
        continue when to_regclass(format('audit.%I', partition)) is not null;
        -- Nobody writes between the moving and the attaching.
        lock table audit.read in access exclusive mode;
        execute format('create table audit.%I (like audit.read)', partition);
        execute format('with moved as (delete from audit.read_other where at >= %L and at < %L returning *)
            insert into audit.%I select * from moved', day, day + 1, partition);
        execute format('alter table audit.read attach partition audit.%I for values from (%L) to (%L)', partition, day,
            day + 1);
    end loop;
    for old in select relname from pg_class where relnamespace = 'audit'::regnamespace and relkind = 'r'
            and relname ~ '^read_[0-9]{8}$' and relname < 'read_' || to_char(oldest, 'YYYYMMDD') loop
        execute format('drop table if exists audit.%I', old);
    end loop;
    delete from audit.read_other where at < oldest;
    delete from audit.read_writer where at < oldest;
end
$$;
