-- Screenings: references, what two models and people say of them. Business data only: how far the
-- work has come is the queue's to tell.

create table records.screening (
    id              uuid primary key,
    owner           text not null,
    file_name       text not null,
    file_size       bigint not null,
    file_sha256     text,
    file_key        text not null,
    criteria        jsonb not null,
    mapping         jsonb not null,
    rule            text not null check (rule in ('both', 'or')),
    models          text[],
    total_records   integer,
    duplicates      integer,
    ranked_with     integer not null default 0,
    created_at      timestamptz not null default now(),
    expires_at      timestamptz not null
);

create index screening_owner on records.screening (owner, created_at desc, id desc);

create table records.reference (
    screening_id  uuid not null references records.screening on delete cascade,
    number        integer not null,
    content       jsonb not null,
    duplicate_of  integer,
    duplicate_by  text,
    relevance     real,
    primary key (screening_id, number)
);

create table records.verdict (
    screening_id  uuid not null,
    number        integer not null,
    model         text not null check (model in ('A', 'B')),
    decision      text not null check (decision in ('include', 'exclude', 'unclear')),
    content       jsonb not null,
    primary key (screening_id, number, model),
    foreign key (screening_id, number) references records.reference on delete cascade
);

-- A line for each decision of a person, never changed: the newest that was not undone counts.
create table records.decision (
    id            bigint generated always as identity primary key,
    screening_id  uuid not null,
    number        integer not null,
    stage         text not null check (stage in ('abstract', 'fullText')),
    decision      text not null check (decision in ('include', 'exclude', 'unsure')),
    reason        text,
    decided_by    text not null,
    decided_at    timestamptz not null default now(),
    undone_at     timestamptz,
    foreign key (screening_id, number) references records.reference on delete cascade
);

create index decision_of_reference on records.decision (screening_id, number, stage, id desc);

-- What models may cost a tenant; the tenant '*' stands for all without a line of their own.
create table records.model_limit (
    tenant            text primary key,
    calls_per_minute  integer check (calls_per_minute > 1),
    tokens_per_month  bigint check (tokens_per_month >= 0)
);

-- What of its tenant's limit a job may use up, booked in the transaction that enqueues it; and what
-- it has used, written in the transactions that keep its results.
create table records.model_grant (
    job_id            bigint primary key,
    record_id         uuid not null,
    tenant            text not null,
    month             date not null,
    tokens            bigint,
    calls             bigint not null default 0,
    cached            bigint not null default 0,
    tokens_in         bigint not null default 0,
    tokens_out        bigint not null default 0,
    cost              numeric not null default 0
);

create index model_grant_tenant on records.model_grant (tenant, month);
create index model_grant_record on records.model_grant (record_id);

-- One job of a tenant at a time may call models: so a tenant's calls are paced by one process.
select queue.declare('screen_literature');
update queue.policy set max_running_per_tenant = 1, lease = '30 seconds'
 where queue = 'screen_literature';
