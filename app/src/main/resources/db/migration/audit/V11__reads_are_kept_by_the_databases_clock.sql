-- Which days to keep was told by the caller: the role that Leash runs with, or a node with a wrong clock, could have had the
-- whole read log dropped. Only for how long is told now; which day it is, the database knows. Reads of the last 30 days are
-- never dropped, whatever is told.
drop function if exists audit.keep_read_partitions(date, date, date);

-- Reads of a day that had no partition yet are in audit.read_other, and as long as they are there, none can be made. They
-- move into it in the transaction that makes it. Days and moments are in UTC, whatever the session says.
create function audit.keep_read_partitions(retention_days integer) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $$
declare
    oldest date := current_date - least(greatest(retention_days, 30), 36500);
    day date;
    partition name;
    old name;
begin
    -- One node at a time: of two that make the same table, one would fail.
    perform pg_advisory_xact_lock(hashtextextended('audit.keep_read_partitions', 0));
    for day in select generate_series(current_date, current_date + 3, interval '1 day')::date
            union (select distinct at::date from audit.read_other where at >= oldest order by 1 limit 100) order by 1 loop
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
revoke execute on function audit.keep_read_partitions from public;
