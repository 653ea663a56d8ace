-- The versions of a record that undo, redo and the history know; none before the first edit. The
-- record's own row has those values of the current one again, so that a read needs one row.
create table records.sheet_version (
    record_id      uuid not null references records.sheet on delete cascade,
    version        integer not null,
    file_key       text not null,
    file_size      bigint not null,
    file_sha256    text,
    clean_data_key text not null,
    total_rows     bigint not null,
    total_cols     integer not null,
    columns        jsonb not null,
    source         jsonb not null,
    -- What made it from the version before; null for the uploaded file.
    actions        jsonb,
    created_by     text not null,
    created_at     timestamptz not null default now(),
    primary key (record_id, version)
);
