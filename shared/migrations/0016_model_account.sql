-- What a job uses counts in the month in which it uses it, so a job may have a line for each month.
alter table records.model_grant drop constraint model_grant_pkey;
alter table records.model_grant add primary key (job_id, month);

-- When a tenant's last calls of a kind began, in seconds since the epoch, whichever of its jobs made
-- them; and how many may have begun since that was written.
create table records.model_pace (
    tenant     text not null,
    queue      text not null,
    begun      float8[] not null,
    in_flight  integer not null,
    primary key (tenant, queue)
);
select records.guard('model_pace', 'records.is_owner(tenant)');
