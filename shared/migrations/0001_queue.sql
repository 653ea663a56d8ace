-- The queue. Jobs move between tables as their state changes, so that each table stays small for
-- what it serves: `job` is scanned by claims, `lease` is rewritten by heartbeats, `history` and
-- `buried` only grow.

create schema queue;

create domain queue.name as text
    constraint letters_digits_underscore_hyphen check (value ~ '^[A-Za-z0-9_-]{1,64}$');

-- Fences only grow, over all jobs and for ever: a number that goes back could let a stale worker in.
create sequence queue.fence;

-- Waiting, delayed and running jobs. A running one has a fence and a row in `lease`.
create table queue.job (
    id              bigint generated always as identity primary key,
    queue           queue.name not null,
    tenant          text not null,
    subject         text,
    unique_key      text,
    priority        smallint not null,
    payload         jsonb not null,
    payload_version smallint not null,
    attempts        smallint not null default 0,
    max_attempts    smallint not null check (max_attempts > 0),
    errors          jsonb not null default '[]',
    fence           bigint,
    due_at          timestamptz not null,
    created_at      timestamptz not null default clock_timestamp()
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

create index job_waiting on queue.job (queue, priority, due_at, id) where fence is null;
create index job_subject on queue.job (subject) where subject is not null;
create index job_tenant on queue.job (tenant, id);

-- One narrow row per running job. No index but the key, so that a heartbeat is a HOT update.
create table queue.lease (
    job_id           bigint primary key,
    fence            bigint not null,
    expires_at       timestamptz not null,
    started_at       timestamptz not null,
    done_at_claim    bigint not null,
    phase            text not null default '',
    done             bigint not null,
    total            bigint,
    cancel_requested boolean not null default false
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

-- Where a job resumes. Only jobs that checkpoint have one, and it outlives the lease.
create table queue.checkpoint (
    job_id bigint primary key,
    state  jsonb not null,
    done   bigint not null
);

-- Holds a key for as long as its job waits or runs.
create table queue.unique_key (
    queue  queue.name not null,
    key    text not null,
    job_id bigint not null,
    primary key (queue, key)
);

-- Jobs that have ended. The partitions part what retention may drop from the dead letter, which it
-- must not: a buried job stays until somebody retries or purges it.
create table queue.ended (
    id              bigint not null,
    queue           queue.name not null,
    tenant          text not null,
    subject         text,
    priority        smallint not null,
    payload         jsonb not null,
    payload_version smallint not null,
    attempts        smallint not null,
    max_attempts    smallint not null,
    errors          jsonb not null,
    outcome         text not null,
    created_at      timestamptz not null,
    started_at      timestamptz,
    ended_at        timestamptz not null default clock_timestamp()
) partition by list (outcome);

create table queue.history partition of queue.ended for values in ('completed', 'cancelled');
create table queue.buried partition of queue.ended for values in ('buried');

create index ended_id on queue.ended (id);
create index ended_subject on queue.ended (subject) where subject is not null;
create index ended_tenant on queue.ended (tenant, id);

-- Every job that the queue still knows, whatever its state; an id or a subject is looked up here.
create view queue.known_job as
    select job.id, job.queue, job.tenant, job.subject, job.priority, job.attempts,
           job.max_attempts, job.errors, job.created_at, job.due_at,
           case when job.fence is not null then 'running'
                when job.due_at <= clock_timestamp() then 'waiting'
                when job.attempts > 0 then 'retrying'
                else 'scheduled' end as state,
           lease.phase, lease.done, lease.total, lease.done_at_claim, lease.started_at,
           lease.cancel_requested, null::timestamptz as ended_at
      from queue.job left join queue.lease on lease.job_id = job.id
union all
    select id, queue, tenant, subject, priority, attempts,
           max_attempts, errors, created_at, null,
           outcome,
           null, null, null, null, started_at,
           null, ended_at
      from queue.ended;
