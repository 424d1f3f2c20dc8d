-- Where runs came from that were trained in another lab.
create table run_origin (
  run integer not null primary key references run (number) on delete cascade,
  -- The id it had where it was first queued: the same run is known by it wherever it goes.
  first_id text not null check (length(first_id) = 8),
  -- The bundle it was taken from, as its file was called.
  bundle text not null,
  imported_at integer not null
) strict;

create index run_origin_first on run_origin (first_id);
