-- The versions of a record that undo, redo and the history know; none before the first edit. The
-- record's own row has the values of the current one again, so that a read needs one row. An old
-- version's files are let go (file_key and all that describes the content null); what made it stays.
create table records.sheet_version (
    record_id      uuid not null references records.sheet on delete cascade,
    version        integer not null,
    file_key       text,
    file_size      bigint,
    file_sha256    text,
    clean_data_key text,
    total_rows     bigint not null,
    total_cols     integer not null,
    columns        jsonb,
    source         jsonb,
    -- What made it from the version before; null for the uploaded file.
    actions        jsonb,
    created_by     text not null,
    created_at     timestamptz not null default now(),
    primary key (record_id, version)
);
