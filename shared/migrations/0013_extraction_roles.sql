-- Who may do what with extractions: see 0010.
grant select, insert on records.extraction to sluice_upload;

grant select, update, delete on records.extraction to sluice_status;
grant select on records.extraction_text, records.extracted to sluice_status;
grant select, insert, update on records.resolution to sluice_status;

select records.guard('extraction', 'records.is_owner(owner)'),
       records.guard('extraction_text',
           'exists (select from records.extraction where extraction.id = extraction_id)'),
       records.guard('extracted',
           'exists (select from records.extraction where extraction.id = extraction_id)'),
       records.guard('resolution',
           'exists (select from records.extraction where extraction.id = extraction_id)');
