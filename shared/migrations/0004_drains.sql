-- The drains that are at work now, so that nobody asks for more of them than are wanted. A row that
-- has not been renewed for a while is of a drain that died. `batching` names the queues of which it
-- did many jobs at once: it may have died of one of them, so others then do them one by one, which
-- charges the right one.
create table queue.drain (
    id         bigint generated always as identity primary key,
    started_at timestamptz not null default clock_timestamp(),
    seen_at    timestamptz not null default clock_timestamp(),
    until      timestamptz not null,
    batching   text[] not null default '{}'
) with (fillfactor = 50);

-- Undoes queue.by_index() for what follows in the transaction.
create function queue.as_usual() returns void language plpgsql as $$
begin
    perform set_config(name, null, true)
       from unnest(array['enable_sort', 'enable_seqscan', 'enable_hashjoin', 'enable_mergejoin',
                         'jit', 'plan_cache_mode']) name;
end
$$;
