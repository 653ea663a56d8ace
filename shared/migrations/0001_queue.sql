-- The queue. Jobs move between tables as their state changes, so that each table stays small for
-- what it serves: `job` is scanned by claims, `lease` is rewritten by heartbeats, `ended` only
-- grows.

create schema queue;

create domain queue.name as text
    constraint letters_digits_underscore_hyphen check (value ~ '^[A-Za-z0-9_-]{1,64}$');

-- Fences only grow, over all jobs and for ever: a number that goes back could let a stale worker in.
create sequence queue.fence;

-- One row per queue: how its jobs are treated. Null means no limit.
create table queue.policy (
    queue                  queue.name primary key,
    clock                  regclass not null,
    paused                 boolean not null default false,
    lease                  interval not null default '30 s' check (lease > '0'),
    max_attempts           smallint not null default 5 check (max_attempts > 0),
    backoff_base           interval not null default '2 s' check (backoff_base >= '0'),
    backoff_cap            interval not null default '10 min' check (backoff_cap >= '0'),
    max_running            integer check (max_running > 0),
    max_running_per_tenant integer check (max_running_per_tenant > 0),
    rate                   integer check (rate > 0),
    rate_period            interval not null default '1 s' check (rate_period > '0'),
    keep                   interval not null default '14 days' check (keep > '0'),
    capped                 boolean not null generated always as
        (num_nonnulls(max_running, max_running_per_tenant, rate) > 0) stored
);

-- A tenant that is not here weighs 1; one that weighs 2 gets twice the share.
create table queue.weight (
    tenant text primary key,
    weight double precision not null check (weight > 0)
);

-- The virtual time of each queue is a sequence: it is updated in place and leaves no dead rows,
-- which a held snapshot would make every claim walk over. Declaring a queue makes its sequence.
create sequence queue.clock_number;

create function queue.declare(wanted queue.name) returns void language plpgsql as $$
declare
    clock text := format('queue.clock_%s', nextval('queue.clock_number'));
begin
    perform pg_advisory_xact_lock(hashtextextended('queue.declare', 0));
    if not exists (select from queue.policy where queue = wanted) then
        execute format('create sequence %s minvalue 0', clock);
        insert into queue.policy (queue, clock) values (wanted, clock::regclass);
    end if;
end
$$;

-- Waiting jobs have a tag, their place in the fair order; it is their tenant's turn, moved by their
-- priority. Delayed jobs get theirs when they are due; running ones have a fence and a row in `lease`.
-- Only what waits is in the claim's index.
--
-- `queue` is plain text from here on: its name was checked where the policy was made, and a regular
-- expression per row would cost a bulk load a third of its time. Collation "C" compares bytes.
create table queue.job (
    id              bigint generated always as identity primary key,
    queue           text collate "C" not null,
    tenant          text collate "C" not null,
    subject         text,
    batch_id        bigint,
    unique_key      text,
    frees_key       boolean not null default false,
    priority        smallint not null default 0,
    cost            real not null default 1 check (cost > 0),
    payload         jsonb not null,
    payload_version smallint not null default 1,
    trace           text,
    attempts        smallint not null default 0,
    max_attempts    smallint not null check (max_attempts > 0),
    errors          jsonb not null default '[]',
    worked          interval not null default '0',
    fence           bigint,
    turn            bigint,
    tag             bigint,
    due_at          timestamptz not null default clock_timestamp(),
    created_at      timestamptz not null default clock_timestamp()
) with (
    fillfactor = 80,
    autovacuum_vacuum_scale_factor = 0.01,
    autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_cost_delay = 0
);

create index job_waiting on queue.job (queue, tag, id) where fence is null and tag is not null;
create index job_tenant on queue.job (queue, tenant, turn) where fence is null and tag is not null;
create index job_delayed on queue.job (queue, due_at) where fence is null and tag is null;
create index job_subject on queue.job (subject) where subject is not null;
create index job_batch on queue.job (batch_id) where batch_id is not null;

-- One narrow row per running job. No index but the key, so that a heartbeat is a HOT update.
create table queue.lease (
    job_id           bigint primary key,
    fence            bigint not null,
    queue            text collate "C" not null,
    tenant           text collate "C" not null,
    expires_at       timestamptz not null,
    started_at       timestamptz not null,
    done_at_claim    bigint not null,
    phase            text not null default '',
    done             bigint not null,
    total            bigint,
    cancel_requested boolean not null default false
) with (
    fillfactor = 50,
    autovacuum_vacuum_scale_factor = 0.01,
    autovacuum_vacuum_threshold = 500,
    autovacuum_vacuum_cost_delay = 0
);

-- Where a job resumes. Only jobs that checkpoint have one, and it outlives the lease.
create table queue.checkpoint (
    job_id bigint primary key,
    state  jsonb not null,
    done   bigint not null
);

-- Who holds a key. `until` null: as long as the job waits or runs, or only waits (job.frees_key).
create table queue.unique_key (
    queue  text collate "C" not null,
    key    text not null,
    job_id bigint not null,
    until  timestamptz,
    primary key (queue, key)
);

-- A token bucket per rate-limited queue; touched by its claims alone, so not more often than it
-- lets them through.
create table queue.rate (
    queue     queue.name primary key,
    tokens    double precision not null,
    filled_at timestamptz not null
) with (fillfactor = 50);

-- Jobs that have ended. The partitions part what retention drops, a day at a time, from the dead
-- letter, which it must not touch: a buried job stays until somebody retries or purges it.
create table queue.ended (
    id              bigint not null,
    queue           text collate "C" not null,
    tenant          text collate "C" not null,
    subject         text,
    batch_id        bigint,
    priority        smallint not null,
    cost            real not null,
    payload         jsonb not null,
    payload_version smallint not null,
    trace           text,
    attempts        smallint not null,
    max_attempts    smallint not null,
    errors          jsonb not null,
    worked          interval not null,
    outcome         text not null,
    created_at      timestamptz not null,
    started_at      timestamptz,
    ended_at        timestamptz not null default clock_timestamp()
) partition by list (outcome);

create table queue.history partition of queue.ended for values in ('completed', 'cancelled')
    partition by range (ended_at);
create table queue.history_rest partition of queue.history default;
create table queue.buried partition of queue.ended for values in ('buried');

create index ended_id on queue.ended (id);
create index ended_subject on queue.ended (subject) where subject is not null;
create index ended_tenant on queue.ended (tenant, id);
-- Next to nothing to keep, and enough to find what has ended lately.
create index ended_lately on queue.ended using brin (ended_at) with (autosummarize = on);

-- Every job that the queue still knows, whatever its state; an id or a subject is looked up here.
create view queue.known_job as
    select job.id, job.queue, job.tenant, job.subject, job.batch_id, job.priority, job.cost,
           job.attempts, job.max_attempts, job.errors, job.created_at, job.due_at, job.worked,
           case when job.fence is not null then 'running'
                when job.tag is not null or job.due_at <= clock_timestamp() then 'waiting'
                when job.attempts > 0 then 'retrying'
                else 'scheduled' end as state,
           lease.phase, lease.done, lease.total, lease.done_at_claim, lease.started_at,
           lease.cancel_requested, null::timestamptz as ended_at
      from queue.job left join queue.lease on lease.job_id = job.id
union all
    select id, queue, tenant, subject, batch_id, priority, cost,
           attempts, max_attempts, errors, created_at, null, worked,
           outcome,
           null, null, null, null, started_at,
           null, ended_at
      from queue.ended;

-- Keeps the planner, for the rest of the transaction, from choices that cost as much as the queue is
-- deep. Without statistics, as on a fresh connection after a bulk load, it would sort all waiting
-- rows or read a whole table; with statistics from a quiet moment, it would read all of `lease` for a
-- hash. PostgreSQL before 18 gives what is off a price, at which it would compile each statement.
create function queue.by_index() returns void language plpgsql as $$
begin
    perform set_config('enable_sort', 'off', true),
            set_config('enable_seqscan', 'off', true),
            set_config('enable_hashjoin', 'off', true),
            set_config('enable_mergejoin', 'off', true),
            set_config('jit', 'off', true),
            set_config('plan_cache_mode', 'force_generic_plan', true);
end
$$;
