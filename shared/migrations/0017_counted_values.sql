-- Each field of each text, with what two models and a person say of it and what that comes to.
create view records.field_value with (security_invoker = true) as
select said.*,
       resolved is null
           and (agreement = 'conflict'
                or required and agreement = 'agreed' and a ->> 'found' = 'missing') as to_check
  from (select t.extraction_id, t.number, f.place, f.field ->> 'name' as field,
               coalesce((f.field ->> 'required')::boolean, false) as required,
               a.content as a, b.content as b,
               case when a.content is null or b.content is null then 'unanswered'
                    when a.content ->> 'fault' is not null or b.content ->> 'fault' is not null
                        then 'conflict'
                    when (a.content ->> 'found', a.content ->> 'value')
                         is not distinct from (b.content ->> 'found', b.content ->> 'value')
                        then 'agreed'
                    else 'conflict' end as agreement,
               r.found as resolved, r.value as resolved_value, r.span_start as resolved_start,
               r.span_end as resolved_end, r.resolved_by
          from records.extraction e
          join records.extraction_text t on t.extraction_id = e.id
         cross join jsonb_array_elements(e.template) with ordinality f (field, place)
          left join records.extracted a
                 on a.extraction_id = t.extraction_id and a.number = t.number
                and a.field = f.field ->> 'name' and a.model = 'A'
          left join records.extracted b
                 on b.extraction_id = t.extraction_id and b.number = t.number
                and b.field = f.field ->> 'name' and b.model = 'B'
          left join lateral (select * from records.resolution r
                              where r.extraction_id = t.extraction_id and r.number = t.number
                                and r.field = f.field ->> 'name' and r.undone_at is null
                              order by r.id desc limit 1) r on true) said;

grant select on records.field_value to sluice_status;

-- What the present order of a screening's references comes from, and from how many decisions.
create table records.ranking (
    screening_id  uuid primary key references records.screening on delete cascade,
    model         text not null,
    decisions     integer not null
);
select records.guard('ranking',
    'exists (select from records.screening where screening.id = screening_id)');
grant select on records.ranking to sluice_status;
