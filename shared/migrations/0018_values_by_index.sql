-- `field_value` as in 0017, but for how answers are looked up: one by one, each by its key, so that
-- no estimate of how many there are can make a plan that reads all of them again and again.
create or replace view records.field_value with (security_invoker = true) as
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
          left join lateral (select content from records.extracted x
                              where x.extraction_id = t.extraction_id and x.number = t.number
                                and x.field = f.field ->> 'name' and x.model = 'A'
                              limit 1) a on true
          left join lateral (select content from records.extracted x
                              where x.extraction_id = t.extraction_id and x.number = t.number
                                and x.field = f.field ->> 'name' and x.model = 'B'
                              limit 1) b on true
          left join lateral (select * from records.resolution r
                              where r.extraction_id = t.extraction_id and r.number = t.number
                                and r.field = f.field ->> 'name' and r.undone_at is null
                              order by r.id desc limit 1) r on true) said;
