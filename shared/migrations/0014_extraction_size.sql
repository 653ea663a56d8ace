-- Texts that are sent for an extraction take place in the bucket, as files do, and count as they do.
alter table records.extraction add column texts_size bigint not null default 0;
