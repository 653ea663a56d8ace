-- `known_job` as in 0001, but for how it looks a job's lease up: see shared/queue/_plan.py.
create or replace view queue.known_job as
    select job.id, job.queue, job.tenant, job.subject, job.batch_id, job.priority, job.cost,
           job.attempts, job.max_attempts, job.errors, job.created_at, job.due_at, job.worked,
           case when job.fence is not null then 'running'
                when job.tag is not null or job.due_at <= clock_timestamp() then 'waiting'
                when job.attempts > 0 then 'retrying'
                else 'scheduled' end as state,
           lease.phase, lease.done, lease.total, lease.done_at_claim, lease.started_at,
           lease.cancel_requested, null::timestamptz as ended_at
      from queue.job left join queue.lease on lease.job_id = any(array[job.id])
union all
    select id, queue, tenant, subject, batch_id, priority, cost,
           attempts, max_attempts, errors, created_at, null, worked,
           outcome,
           null, null, null, null, started_at,
           null, ended_at
      from queue.ended;
