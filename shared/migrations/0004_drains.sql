-- The drains that are at work now, so that nobody asks for more of them than are wanted. A row that
-- has not been renewed for a while is of a drain that died.
create table queue.drain (
    id         bigint generated always as identity primary key,
    started_at timestamptz not null default clock_timestamp(),
    seen_at    timestamptz not null default clock_timestamp(),
    until      timestamptz not null
) with (fillfactor = 50);
