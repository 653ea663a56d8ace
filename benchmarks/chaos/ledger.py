"""Where effects are counted: a table that nothing keeps from holding them twice."""

# No key, no unique constraint: they would hide what was done twice. A record changes in the
# transaction that completes its job, and the trigger's line is written with it.
KEEP_LEDGER = """
create table public.ledger (name text not null, at timestamptz not null default clock_timestamp());
create function public.note_publication() returns trigger language plpgsql as $$
begin
    insert into public.ledger (name) values (new.id::text);
    return null;
end $$;
create trigger note_publication after update of clean_data_key on records.sheet
    for each row execute function public.note_publication();
grant insert on public.ledger to sluice_worker
"""
