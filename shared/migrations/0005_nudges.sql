-- When a drain last asked for another one. A single row, changed by compare-and-set: of the drains
-- that ask at the same moment one is let through. It changes once a second at the most.
create table queue.chained (
    single   boolean primary key default true check (single),
    asked_at timestamptz not null
) with (fillfactor = 50);
