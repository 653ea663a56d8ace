-- Who may do what. Each function connects as a role of its own, which can neither change the schema
-- nor more rows than its work takes. The roles cannot log in until they are given a password
-- (shared/roles.py) or a user that is a member of them.

do $$
declare
    name text;
begin
    foreach name in array array['sluice_upload', 'sluice_status', 'sluice_worker'] loop
        -- Roles belong to the whole server, where another database may have made them already.
        begin
            execute format('create role %I nologin', name);
        exception when duplicate_object or unique_violation then
            null;
        end;
    end loop;
end
$$;

-- Whoever stops in the middle of a transaction holds up vacuum and, with row locks, others.
alter role sluice_upload set idle_in_transaction_session_timeout = '30s';
alter role sluice_status set idle_in_transaction_session_timeout = '30s';
alter role sluice_worker set idle_in_transaction_session_timeout = '60s';
alter role sluice_upload set statement_timeout = '30s';
alter role sluice_status set statement_timeout = '30s';

-- The two that need more than their caller may: they make and drop tables and sequences. What they
-- do is fixed here, and so is where names are looked up. Dropping a partition locks its parent: it
-- gives up soon, rather than let everybody queue up behind it, and is tried again later.
create or replace function queue.declare(wanted queue.name) returns void language plpgsql
    security definer set search_path = pg_catalog, pg_temp set lock_timeout = '10s' as $$
declare
    clock text := format('queue.clock_%s', nextval('queue.clock_number'));
begin
    perform pg_advisory_xact_lock(hashtextextended('queue.declare', 0));
    if not exists (select from queue.policy where queue = wanted) then
        execute format('create sequence %s minvalue 0', clock);
        execute format(
            'grant usage, select, update on sequence %s to sluice_upload, sluice_status, sluice_worker',
            clock);
        insert into queue.policy (queue, clock) values (wanted, clock::regclass);
    end if;
end
$$;

alter function queue.keep_up(integer)
    security definer set search_path = pg_catalog, pg_temp set lock_timeout = '3s';

revoke execute on function queue.declare(queue.name), queue.keep_up(integer) from public;
grant execute on function queue.declare(queue.name) to sluice_upload, sluice_status, sluice_worker;
grant execute on function queue.keep_up(integer) to sluice_worker;

grant usage on schema queue, records to sluice_upload, sluice_status, sluice_worker;

-- The worker does all that jobs and their upkeep take.
grant select, insert, update, delete on all tables in schema queue to sluice_worker;
revoke insert, delete on queue.policy from sluice_worker;
grant usage, select, update on all sequences in schema queue to sluice_worker;
revoke all on sequence queue.clock_number from sluice_worker;

-- Upload enqueues.
grant select on queue.policy, queue.weight, queue.drain, queue.job, queue.lease, queue.ended,
    queue.known_job, queue.unique_key, queue.checkpoint to sluice_upload;
grant insert on queue.job to sluice_upload;
grant usage on sequence queue.job_id_seq to sluice_upload, sluice_status;
grant insert, update on queue.unique_key to sluice_upload;

-- Status reads all that the queue knows. It cancels, retries and purges jobs, enqueues a parse for
-- which there is need, and lets operators change how queues are treated.
grant select on all tables in schema queue to sluice_status;
grant insert, update, delete on queue.job, queue.ended, queue.batch to sluice_status;
grant insert, update, delete on queue.unique_key to sluice_status;
grant delete on queue.checkpoint to sluice_status;
-- It takes leases from nobody, but the statement that ends jobs, also those that wait, could.
grant update (cancel_requested), delete on queue.lease to sluice_status;
grant update on queue.policy, queue.schedule to sluice_status;

do $$
declare
    clock regclass;
begin
    for clock in select policy.clock from queue.policy loop
        execute format(
            'grant usage, select, update on sequence %s to sluice_upload, sluice_status', clock);
    end loop;
end
$$;

-- Records: for upload and status only those of the owner that the transaction is for, which they
-- name with `set local sluice.owner`; without it there are none.
grant select, insert on records.sheet, records.upload, records.sheet_version to sluice_upload;
grant update on records.sheet, records.sheet_version to sluice_upload;
grant delete on records.upload, records.sheet_version to sluice_upload;
grant select, insert, update on records.idempotency_key to sluice_upload;

grant select, delete on records.sheet, records.idempotency_key to sluice_status;
grant update (expires_at) on records.sheet to sluice_status;
grant select on records.sheet_version, records.upload to sluice_status;

-- An index for each that a policy or a quota goes by.
create index upload_owner on records.upload (owner, created_at);
create index sheet_usage on records.sheet (owner) include (file_size);

create function records.is_owner(owner text) returns boolean stable language sql
    return owner = current_setting('sluice.owner', true);

-- Guards a table: the worker sees all of it, upload and status the rows for which `whose` is true.
-- Every table of this schema has to be guarded where it is made; a test sees to it.
create function records.guard(business name, whose text) returns void language plpgsql as $$
begin
    execute format('alter table records.%I enable row level security', business);
    execute format('grant select, insert, update, delete on records.%I to sluice_worker', business);
    execute format('create policy worker on records.%I to sluice_worker
                        using (true) with check (true)', business);
    execute format('create policy owner on records.%I to sluice_upload, sluice_status
                        using (%s) with check (%s)', business, whose, whose);
end
$$;

revoke execute on function records.guard(name, text) from public;

select records.guard('sheet', 'records.is_owner(owner)'),
       records.guard('upload', 'records.is_owner(owner)'),
       records.guard('idempotency_key', 'records.is_owner(owner)'),
       -- A version is its record's owner's; who may see the one sees the other.
       records.guard('sheet_version',
           'exists (select from records.sheet where sheet.id = record_id)');
