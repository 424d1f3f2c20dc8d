-- What people note down about runs: theirs to change at any time, so outside the seal of what was measured.
create table run_marks (
  run integer not null primary key references run (number) on delete cascade,
  -- JSON list of words, sorted.
  tags text not null default '[]' check (json_valid(tags)),
  -- Markdown.
  note text,
  pinned integer not null default 0 check (pinned in (0, 1)),
  archived integer not null default 0 check (archived in (0, 1)),
  -- 1 before 0 before -1 while the run waits for its turn.
  priority integer not null default 0 check (priority between -1 and 1)
) strict;

-- Ways of looking at the table of runs, by name.
create table saved_view (
  id integer not null primary key autoincrement,
  name text not null unique,
  -- Filter, grouping, columns and order.
  state text not null check (json_valid(state)),
  created_at integer not null
) strict;

-- How the table was looked at last.
create table last_view (
  only integer not null primary key check (only = 1),
  state text not null check (json_valid(state))
) strict;
