-- A job in the long lane would take longer than a drain lasts and cannot resume, so it has no place
-- among those that drains claim. `interruptions` counts how often its attempt was given back because
-- its worker had to stop.
alter table queue.job
    add column lane text check (lane = 'long'),
    add column interruptions smallint not null default 0;

create index job_long on queue.job (queue, id) where lane is not null and fence is null;
