-- 'DMRO': tells our file from another program's.
pragma application_id = 1145917007;

create table scenario (
  -- SHA-256 of the canonical document, in hexadecimal.
  id text not null primary key,
  name text not null,
  note text,
  -- δ, K and N, so that lists need not read whole documents.
  facts text not null check (json_valid(facts)),
  document text not null check (json_valid(document)),
  created_at integer not null
) strict;

create table experiment (
  id integer not null primary key autoincrement,
  name text not null,
  note text,
  -- What was asked for, as its file would hold it.
  document text check (document is null or json_valid(document)),
  created_at integer not null
) strict;

create table run (
  -- Children hang on the number; people and the contract see the id.
  number integer not null primary key autoincrement,
  id text not null unique check (length(id) = 8),
  experiment_id integer not null references experiment (id),
  scenario_id text not null references scenario (id),
  -- The run's specification but for its scenario.
  spec text not null check (json_valid(spec)),
  total_learn_steps integer not null,
  status text not null check (status in ('queued', 'running', 'paused', 'interrupted', 'completed', 'failed', 'cancelled', 'diverged')),
  message text,
  -- Attempts begun; the batches of older ones are ignored.
  attempt integer not null default 0,
  -- The last batch recorded of this attempt; -1: none yet.
  sequence integer not null default -1,
  learn_steps integer not null default 0,
  seconds real not null default 0,
  queued_at integer not null,
  started_at integer,
  ended_at integer,
  latest text not null default '{}',
  -- The summary; the values of single workflows are in evaluation_values.
  evaluation text,
  machine text check (machine is null or json_valid(machine)),
  deleted_at integer,
  -- CRC-32 of all columns above but the number.
  seal integer not null
) strict;

create index run_experiment on run (experiment_id);
create index run_scenario on run (scenario_id);

create table evaluation_values (
  run integer not null primary key references run (number) on delete cascade,
  crc integer not null,
  gaps blob not null,
  costs blob not null
) strict;

create table log (
  id integer not null primary key autoincrement,
  run integer not null references run (number) on delete cascade,
  at integer not null,
  level text not null check (level in ('info', 'warning', 'error')),
  line text not null
) strict;

create index log_run on log (run);

create table metric (
  id integer not null primary key autoincrement,
  key text not null unique
) strict;

-- Up to 1,024 points of a curve; the last chunk of a curve is open and rewritten as it grows.
create table chunk (
  run integer not null references run (number) on delete cascade,
  metric integer not null references metric (id),
  sequence integer not null,
  points integer not null,
  first_step real not null,
  last_step real not null,
  -- The steps between points where they are evenly spaced; the blob otherwise.
  stride real,
  -- Over the finite values; their number in finite.
  least real,
  greatest real,
  sum real,
  finite integer not null,
  crc integer not null,
  steps blob,
  curve_values blob not null,
  primary key (run, metric, sequence)
) without rowid, strict;

create table checkpoint (
  run integer not null primary key references run (number) on delete cascade,
  learn_steps integer not null,
  seconds real not null,
  crc integer not null,
  state blob not null
) strict;

create table policy (
  run integer not null primary key references run (number) on delete cascade,
  crc integer not null,
  weights blob not null
) strict;
