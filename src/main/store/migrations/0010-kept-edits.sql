-- Every write of unsaved edits has a number of its own, so that none replaces what its writer has not seen.
alter table draft add column revision integer not null default 0;

-- Text that was typed into a field and not handed in: a run's note, a tag, a name.
create table typed (
  -- The field, e.g. note/0a1b2c3d.
  field text not null primary key check (length(field) between 1 and 200),
  content text not null,
  -- What the field held when the typing began, where it changes something that is there.
  base text,
  revision integer not null,
  edited_at integer not null
) strict;
