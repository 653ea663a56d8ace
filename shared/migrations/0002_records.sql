-- Business data only: what a file is and what it holds. How far the work on it has come is the
-- queue's to tell, so that the two can never disagree.

create schema records;

create table records.sheet (
    id             uuid primary key,
    owner          text not null,
    version        integer not null default 1,
    file_name      text not null,
    file_size      bigint not null,
    file_sha256    text,
    file_key       text not null,
    clean_data_key text,
    total_rows     bigint,
    total_cols     integer,
    columns        jsonb,
    source         jsonb,
    created_at     timestamptz not null default now(),
    expires_at     timestamptz not null
);

create index sheet_owner on records.sheet (owner, created_at desc, id desc);

-- A promised upload straight to the bucket; the row goes when a task starts from it.
create table records.upload (
    id           uuid primary key,
    owner        text not null,
    file_name    text not null,
    file_size    bigint not null,
    file_sha256  text,
    object_key   text not null,
    created_at   timestamptz not null default now(),
    expires_at   timestamptz not null
);

-- What a request with an Idempotency-Key was answered, so that its repetition is answered the same.
create table records.idempotency_key (
    owner        text not null,
    key          text not null,
    request_hash text not null,
    record_id    uuid not null,
    job_id       bigint not null,
    created_at   timestamptz not null default now(),
    primary key (owner, key)
);
