-- Runs that another tracker recorded: beside their row, in which they have parameters as text, no scenario (store/scenarios.ts) and no evaluation.
create table foreign_run (
  run integer not null primary key references run (number) on delete cascade,
  source text not null check (source in ('tensorboard', 'mlflow')),
  -- What tells it from every other run of its tracker, however far it has come.
  key text not null,
  -- What it is called there.
  name text not null,
  -- The folder it was read from.
  place text not null,
  -- SHA-256 of what was read, so that what has not changed is not read in again.
  digest text not null check (length(digest) = 64),
  imported_at integer not null,
  seal integer
) strict;

create index foreign_run_key on foreign_run (source, key);

create trigger foreign_run_sealed after insert on foreign_run begin
  update foreign_run set seal = row_seal('foreign_run', new.run, new.source, new.key, new.name, new.place, new.digest, new.imported_at) where run = new.run;
end;

create trigger foreign_run_sealed_again after update of run, source, key, name, place, digest, imported_at on foreign_run when old.seal is row_seal('foreign_run', old.run, old.source, old.key, old.name, old.place, old.digest, old.imported_at) begin
  update foreign_run set seal = row_seal('foreign_run', new.run, new.source, new.key, new.name, new.place, new.digest, new.imported_at) where run = new.run;
end;
