-- Batches: jobs that belong together, and what is to follow when all of them have ended.

create table queue.batch (
    id           bigint generated always as identity primary key,
    tenant       text not null,
    subject      text,
    fail_fast    boolean not null,
    total        integer not null default 0,
    pending      integer not null default 0 check (pending >= 0),
    failed       integer not null default 0,
    continuation jsonb,
    created_at   timestamptz not null default clock_timestamp(),
    ended_at     timestamptz
) with (fillfactor = 50);

-- Jobs that are enqueued by the clock.
create table queue.schedule (
    name      text primary key,
    cron      text not null,
    time_zone text not null,
    missed    text not null check (missed in ('once', 'each', 'skip')),
    queue     queue.name not null,
    tenant    text not null,
    payload   jsonb not null,
    version   smallint not null,
    paused    boolean not null default false,
    next_at   timestamptz not null
);

-- How long the jobs of a queue take, from the newest of its history.
create table queue.pace (
    queue              queue.name primary key,
    jobs               integer not null,
    seconds_p50        double precision not null,
    seconds_p95        double precision not null,
    seconds_per_cost   double precision not null,
    seconds_per_cost_p95 double precision not null,
    measured_at        timestamptz not null
);

-- A day of history is a partition. What ends on a day without one goes to history_rest, so that
-- nothing is ever lost for want of a partition.
create function queue.keep_up(days_ahead integer) returns void language plpgsql as $$
declare
    today date := (clock_timestamp() at time zone 'UTC')::date;
    keep interval := coalesce((select max(policy.keep) from queue.policy), '14 days');
    day date;
    old record;
begin
    if not pg_try_advisory_xact_lock(hashtextextended('queue.keep_up', 0)) then
        return;
    end if;
    -- Tomorrow at the earliest: today may have rows in history_rest already.
    for day in select today + n from generate_series(1, days_ahead) n loop
        if to_regclass(format('queue.history_%s', to_char(day, 'YYYYMMDD'))) is null then
            execute format(
                'create table queue.history_%s partition of queue.history
                    for values from (%L) to (%L)',
                to_char(day, 'YYYYMMDD'), day::timestamp at time zone 'UTC',
                (day + 1)::timestamp at time zone 'UTC');
        end if;
    end loop;
    for old in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
         where i.inhparent = 'queue.history'::regclass and c.relname ~ '^history_\d{8}$'
           and to_date(right(c.relname, 8), 'YYYYMMDD') + 1 + keep
               <= clock_timestamp() at time zone 'UTC'
    loop
        execute format('drop table queue.%I', old.relname);
    end loop;
    delete from queue.history_rest where ended_at < clock_timestamp() - keep;
    delete from queue.unique_key where until < clock_timestamp();
    delete from queue.batch where ended_at < clock_timestamp() - keep;
end
$$;
