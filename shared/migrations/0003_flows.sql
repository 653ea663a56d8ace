-- Batches: jobs that belong together, and what is to follow when all of them have ended.

create table queue.batch (
    id           bigint generated always as identity primary key,
    tenant       text not null,
    subject      text,
    fail_fast    boolean not null,
    total        integer not null,
    pending      integer not null,
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
