-- What is deleted lies in the bin for thirty days or until it is emptied; names are free meanwhile.
create index run_deleted on run (deleted_at) where deleted_at is not null;

-- Unsaved edits go with their document, or alone where it was never saved.
alter table draft add column deleted_at integer;

update draft set deleted_at = (select document.deleted_at from document where document.id = draft.id);

-- Columns cannot lose "unique" or change the primary key in place.
create table named_policy (
  id integer not null primary key autoincrement,
  name text not null,
  policy text not null references kept_policy (id),
  note text,
  -- The run it came from, where it came from one; only told, never followed.
  run text,
  named_at integer not null,
  deleted_at integer
) strict;

insert into named_policy (name, policy, note, run, named_at, deleted_at)
  select name, policy, note, run, named_at, deleted_at from policy_name order by named_at, name;

drop table policy_name;

alter table named_policy rename to policy_name;

create unique index policy_name_name on policy_name (name) where deleted_at is null;

create table kept_view (
  id integer not null primary key autoincrement,
  name text not null,
  -- Filter, grouping, columns and order.
  state text not null check (json_valid(state)),
  created_at integer not null,
  deleted_at integer
) strict;

insert into kept_view (id, name, state, created_at) select id, name, state, created_at from saved_view;

drop table saved_view;

alter table kept_view rename to saved_view;

create unique index saved_view_name on saved_view (name) where deleted_at is null;
