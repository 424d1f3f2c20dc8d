-- Where each attempt of a run was trained, of those that its present results come from. What an attempt added after the checkpoint
-- that a later one went on from is gone, and so is its line here.
create table run_attempt (
  run integer not null references run (number) on delete cascade,
  attempt integer not null,
  -- The learn step it went on from; 0: from scratch.
  from_step integer not null,
  -- Where it was trained: see run.machine.
  machine text not null,
  -- Why results are not exact any more, as a sentence: it went on from a checkpoint of another machine.
  approximate text,
  primary key (run, attempt)
) strict, without rowid;

-- Of older runs only the last machine is known.
insert into run_attempt (run, attempt, from_step, machine)
select number, attempt, 0, machine from run where machine is not null;
