-- A schedule that is alone enqueues nothing while the job of an earlier tick still waits or runs.
alter table queue.schedule add column alone boolean not null default false;

-- Finds the records whose time is up.
create index sheet_expiry on records.sheet (expires_at);
