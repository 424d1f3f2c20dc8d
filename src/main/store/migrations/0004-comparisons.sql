-- Runs looked at side by side, by name.
create table comparison (
  id integer not null primary key autoincrement,
  name text not null,
  -- Markdown.
  note text,
  -- JSON list of run ids, in order; runs that were deleted since stay in it.
  runs text not null check (json_valid(runs)),
  -- A run of the group that the others are compared against.
  against text,
  -- How it is looked at.
  look text not null check (json_valid(look)),
  saved_at integer not null,
  -- Purged when the store is next opened.
  deleted_at integer
) strict;
