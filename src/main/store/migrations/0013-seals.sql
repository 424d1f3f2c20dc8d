-- Page checks do not see a bit that flipped inside a value. Every row that is shown has a checksum from here on: CRC-32 of the
-- table and the columns named (store/seals.ts). Columns that are missing have checksums of their own: documents, contents, weights.
-- Triggers keep it, whatever writes; a row that does not match stays so, so that no later write makes damage look sound.

alter table scenario add column seal integer;

update scenario set seal = row_seal('scenario', id, name, note, facts, created_at);

create trigger scenario_sealed after insert on scenario begin
  update scenario set seal = row_seal('scenario', new.id, new.name, new.note, new.facts, new.created_at) where id = new.id;
end;

create trigger scenario_sealed_again after update of id, name, note, facts, created_at on scenario when old.seal is row_seal('scenario', old.id, old.name, old.note, old.facts, old.created_at) begin
  update scenario set seal = row_seal('scenario', new.id, new.name, new.note, new.facts, new.created_at) where id = new.id;
end;

alter table experiment add column seal integer;

-- Of the document alone: lists need not read it.
alter table experiment add column document_seal integer;

update experiment set seal = row_seal('experiment', id, name, note, created_at), document_seal = row_seal('experiment.document', id, document);

create trigger experiment_sealed after insert on experiment begin
  update experiment set seal = row_seal('experiment', new.id, new.name, new.note, new.created_at), document_seal = row_seal('experiment.document', new.id, new.document) where id = new.id;
end;

create trigger experiment_sealed_again after update of id, name, note, created_at, document on experiment when old.seal is row_seal('experiment', old.id, old.name, old.note, old.created_at) and old.document_seal is row_seal('experiment.document', old.id, old.document) begin
  update experiment set seal = row_seal('experiment', new.id, new.name, new.note, new.created_at), document_seal = row_seal('experiment.document', new.id, new.document) where id = new.id;
end;

alter table run_attempt add column seal integer;

update run_attempt set seal = row_seal('run_attempt', run, attempt, from_step, machine, approximate, began_at, ended_at);

create trigger run_attempt_sealed after insert on run_attempt begin
  update run_attempt set seal = row_seal('run_attempt', new.run, new.attempt, new.from_step, new.machine, new.approximate, new.began_at, new.ended_at) where run = new.run and attempt = new.attempt;
end;

create trigger run_attempt_sealed_again after update of run, attempt, from_step, machine, approximate, began_at, ended_at on run_attempt when old.seal is row_seal('run_attempt', old.run, old.attempt, old.from_step, old.machine, old.approximate, old.began_at, old.ended_at) begin
  update run_attempt set seal = row_seal('run_attempt', new.run, new.attempt, new.from_step, new.machine, new.approximate, new.began_at, new.ended_at) where run = new.run and attempt = new.attempt;
end;

alter table run_source add column seal integer;

update run_source set seal = row_seal('run_source', run, kind, document, version, by_content);

create trigger run_source_sealed after insert on run_source begin
  update run_source set seal = row_seal('run_source', new.run, new.kind, new.document, new.version, new.by_content) where run = new.run and kind = new.kind;
end;

create trigger run_source_sealed_again after update of run, kind, document, version, by_content on run_source when old.seal is row_seal('run_source', old.run, old.kind, old.document, old.version, old.by_content) begin
  update run_source set seal = row_seal('run_source', new.run, new.kind, new.document, new.version, new.by_content) where run = new.run and kind = new.kind;
end;

alter table log add column seal integer;

update log set seal = row_seal('log', id, run, at, level, line);

create trigger log_sealed after insert on log begin
  update log set seal = row_seal('log', new.id, new.run, new.at, new.level, new.line) where id = new.id;
end;

create trigger log_sealed_again after update of id, run, at, level, line on log when old.seal is row_seal('log', old.id, old.run, old.at, old.level, old.line) begin
  update log set seal = row_seal('log', new.id, new.run, new.at, new.level, new.line) where id = new.id;
end;

alter table metric add column seal integer;

update metric set seal = row_seal('metric', id, key);

create trigger metric_sealed after insert on metric begin
  update metric set seal = row_seal('metric', new.id, new.key) where id = new.id;
end;

create trigger metric_sealed_again after update of id, key on metric when old.seal is row_seal('metric', old.id, old.key) begin
  update metric set seal = row_seal('metric', new.id, new.key) where id = new.id;
end;

alter table run_marks add column seal integer;

update run_marks set seal = row_seal('run_marks', run, tags, note, pinned, archived, priority);

create trigger run_marks_sealed after insert on run_marks begin
  update run_marks set seal = row_seal('run_marks', new.run, new.tags, new.note, new.pinned, new.archived, new.priority) where run = new.run;
end;

create trigger run_marks_sealed_again after update of run, tags, note, pinned, archived, priority on run_marks when old.seal is row_seal('run_marks', old.run, old.tags, old.note, old.pinned, old.archived, old.priority) begin
  update run_marks set seal = row_seal('run_marks', new.run, new.tags, new.note, new.pinned, new.archived, new.priority) where run = new.run;
end;

alter table run_origin add column seal integer;

update run_origin set seal = row_seal('run_origin', run, first_id, bundle, imported_at);

create trigger run_origin_sealed after insert on run_origin begin
  update run_origin set seal = row_seal('run_origin', new.run, new.first_id, new.bundle, new.imported_at) where run = new.run;
end;

create trigger run_origin_sealed_again after update of run, first_id, bundle, imported_at on run_origin when old.seal is row_seal('run_origin', old.run, old.first_id, old.bundle, old.imported_at) begin
  update run_origin set seal = row_seal('run_origin', new.run, new.first_id, new.bundle, new.imported_at) where run = new.run;
end;

alter table saved_view add column seal integer;

update saved_view set seal = row_seal('saved_view', id, name, state, created_at, deleted_at);

create trigger saved_view_sealed after insert on saved_view begin
  update saved_view set seal = row_seal('saved_view', new.id, new.name, new.state, new.created_at, new.deleted_at) where id = new.id;
end;

create trigger saved_view_sealed_again after update of id, name, state, created_at, deleted_at on saved_view when old.seal is row_seal('saved_view', old.id, old.name, old.state, old.created_at, old.deleted_at) begin
  update saved_view set seal = row_seal('saved_view', new.id, new.name, new.state, new.created_at, new.deleted_at) where id = new.id;
end;

alter table last_view add column seal integer;

update last_view set seal = row_seal('last_view', only, state);

create trigger last_view_sealed after insert on last_view begin
  update last_view set seal = row_seal('last_view', new.only, new.state) where only = new.only;
end;

create trigger last_view_sealed_again after update of only, state on last_view when old.seal is row_seal('last_view', old.only, old.state) begin
  update last_view set seal = row_seal('last_view', new.only, new.state) where only = new.only;
end;

alter table comparison add column seal integer;

update comparison set seal = row_seal('comparison', id, name, note, runs, against, look, saved_at, deleted_at);

create trigger comparison_sealed after insert on comparison begin
  update comparison set seal = row_seal('comparison', new.id, new.name, new.note, new.runs, new.against, new.look, new.saved_at, new.deleted_at) where id = new.id;
end;

create trigger comparison_sealed_again after update of id, name, note, runs, against, look, saved_at, deleted_at on comparison when old.seal is row_seal('comparison', old.id, old.name, old.note, old.runs, old.against, old.look, old.saved_at, old.deleted_at) begin
  update comparison set seal = row_seal('comparison', new.id, new.name, new.note, new.runs, new.against, new.look, new.saved_at, new.deleted_at) where id = new.id;
end;

alter table policy_name add column seal integer;

update policy_name set seal = row_seal('policy_name', id, name, policy, note, run, named_at, deleted_at);

create trigger policy_name_sealed after insert on policy_name begin
  update policy_name set seal = row_seal('policy_name', new.id, new.name, new.policy, new.note, new.run, new.named_at, new.deleted_at) where id = new.id;
end;

create trigger policy_name_sealed_again after update of id, name, policy, note, run, named_at, deleted_at on policy_name when old.seal is row_seal('policy_name', old.id, old.name, old.policy, old.note, old.run, old.named_at, old.deleted_at) begin
  update policy_name set seal = row_seal('policy_name', new.id, new.name, new.policy, new.note, new.run, new.named_at, new.deleted_at) where id = new.id;
end;

alter table document add column seal integer;

update document set seal = row_seal('document', id, kind, name, version, created_at, saved_at, deleted_at);

create trigger document_sealed after insert on document begin
  update document set seal = row_seal('document', new.id, new.kind, new.name, new.version, new.created_at, new.saved_at, new.deleted_at) where id = new.id;
end;

create trigger document_sealed_again after update of id, kind, name, version, created_at, saved_at, deleted_at on document when old.seal is row_seal('document', old.id, old.kind, old.name, old.version, old.created_at, old.saved_at, old.deleted_at) begin
  update document set seal = row_seal('document', new.id, new.kind, new.name, new.version, new.created_at, new.saved_at, new.deleted_at) where id = new.id;
end;

alter table document_version add column seal integer;

update document_version set seal = row_seal('document_version', document, version, note, facts, faults, saved_at, crc, content_id);

create trigger document_version_sealed after insert on document_version begin
  update document_version set seal = row_seal('document_version', new.document, new.version, new.note, new.facts, new.faults, new.saved_at, new.crc, new.content_id) where document = new.document and version = new.version;
end;

create trigger document_version_sealed_again after update of document, version, note, facts, faults, saved_at, crc, content_id on document_version when old.seal is row_seal('document_version', old.document, old.version, old.note, old.facts, old.faults, old.saved_at, old.crc, old.content_id) begin
  update document_version set seal = row_seal('document_version', new.document, new.version, new.note, new.facts, new.faults, new.saved_at, new.crc, new.content_id) where document = new.document and version = new.version;
end;

alter table former_name add column seal integer;

update former_name set seal = row_seal('former_name', document, name, left_at);

create trigger former_name_sealed after insert on former_name begin
  update former_name set seal = row_seal('former_name', new.document, new.name, new.left_at) where document = new.document and name = new.name;
end;

create trigger former_name_sealed_again after update of document, name, left_at on former_name when old.seal is row_seal('former_name', old.document, old.name, old.left_at) begin
  update former_name set seal = row_seal('former_name', new.document, new.name, new.left_at) where document = new.document and name = new.name;
end;

alter table draft add column seal integer;

update draft set seal = row_seal('draft', id, kind, name, base, edited_at, crc, deleted_at, revision);

create trigger draft_sealed after insert on draft begin
  update draft set seal = row_seal('draft', new.id, new.kind, new.name, new.base, new.edited_at, new.crc, new.deleted_at, new.revision) where id = new.id;
end;

create trigger draft_sealed_again after update of id, kind, name, base, edited_at, crc, deleted_at, revision on draft when old.seal is row_seal('draft', old.id, old.kind, old.name, old.base, old.edited_at, old.crc, old.deleted_at, old.revision) begin
  update draft set seal = row_seal('draft', new.id, new.kind, new.name, new.base, new.edited_at, new.crc, new.deleted_at, new.revision) where id = new.id;
end;

alter table typed add column seal integer;

update typed set seal = row_seal('typed', field, content, base, revision, edited_at);

create trigger typed_sealed after insert on typed begin
  update typed set seal = row_seal('typed', new.field, new.content, new.base, new.revision, new.edited_at) where field = new.field;
end;

create trigger typed_sealed_again after update of field, content, base, revision, edited_at on typed when old.seal is row_seal('typed', old.field, old.content, old.base, old.revision, old.edited_at) begin
  update typed set seal = row_seal('typed', new.field, new.content, new.base, new.revision, new.edited_at) where field = new.field;
end;

alter table lab_identity add column seal integer;

update lab_identity set seal = row_seal('lab_identity', only, id);

create trigger lab_identity_sealed after insert on lab_identity begin
  update lab_identity set seal = row_seal('lab_identity', new.only, new.id) where only = new.only;
end;

create trigger lab_identity_sealed_again after update of only, id on lab_identity when old.seal is row_seal('lab_identity', old.only, old.id) begin
  update lab_identity set seal = row_seal('lab_identity', new.only, new.id) where only = new.only;
end;
