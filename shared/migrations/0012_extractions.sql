-- Extractions: texts, a template, what two models and people take out of them. Business data only.

create table records.extraction (
    id             uuid primary key,
    owner          text not null,
    template       jsonb not null,
    texts_key      text,
    sheet_id       uuid,
    sheet_version  integer,
    clean_data_key text,
    column_name    text,
    models         text[],
    total_texts    integer,
    created_at     timestamptz not null default now(),
    expires_at     timestamptz not null
);

create index extraction_owner on records.extraction (owner, created_at desc, id desc);

create table records.extraction_text (
    extraction_id  uuid not null references records.extraction on delete cascade,
    number         integer not null,
    content        text not null,
    primary key (extraction_id, number)
);

create table records.extracted (
    extraction_id  uuid not null,
    number         integer not null,
    field          text not null,
    model          text not null check (model in ('A', 'B')),
    content        jsonb not null,
    primary key (extraction_id, number, field, model),
    foreign key (extraction_id, number) references records.extraction_text on delete cascade
);

-- A line for each resolution of a person: the newest that was not undone counts.
create table records.resolution (
    id             bigint generated always as identity primary key,
    extraction_id  uuid not null,
    number         integer not null,
    field          text not null,
    found          text not null check (found in ('found', 'absent', 'missing')),
    value          text,
    span_start     integer,
    span_end       integer,
    resolved_by    text not null,
    resolved_at    timestamptz not null default now(),
    undone_at      timestamptz,
    foreign key (extraction_id, number) references records.extraction_text on delete cascade
);

create index resolution_of_value on records.resolution (extraction_id, number, field, id desc);

select queue.declare('extract_fields');
update queue.policy set max_running_per_tenant = 1, lease = '30 seconds'
 where queue = 'extract_fields';
