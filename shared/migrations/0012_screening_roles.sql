-- Who may do what with screenings: see 0010.
grant select, insert on records.screening, records.model_grant to sluice_upload;
grant select on records.model_limit to sluice_upload;

grant select, update, delete on records.screening, records.model_grant to sluice_status;
grant insert on records.model_grant to sluice_status;
grant select on records.reference, records.verdict, records.model_limit to sluice_status;
grant select, insert, update on records.decision to sluice_status;

select records.guard('screening', 'records.is_owner(owner)'),
       records.guard('model_grant', 'records.is_owner(tenant)'),
       records.guard('model_limit', 'tenant = ''*'' or records.is_owner(tenant)'),
       records.guard('reference',
           'exists (select from records.screening where screening.id = screening_id)'),
       records.guard('verdict',
           'exists (select from records.screening where screening.id = screening_id)'),
       records.guard('decision',
           'exists (select from records.screening where screening.id = screening_id)');
