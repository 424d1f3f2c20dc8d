-- Policies that outlive their runs: what runs start from, and what people gave a name.
create table kept_policy (
  -- SHA-256 of the bytes, in hexadecimal: the same weights are kept once.
  id text not null primary key check (length(id) = 64),
  crc integer not null,
  weights blob not null,
  kept_at integer not null
) strict;

create table policy_name (
  name text not null primary key,
  policy text not null references kept_policy (id),
  note text,
  -- The run it came from, where it came from one; only told, never followed.
  run text,
  named_at integer not null,
  deleted_at integer
) strict;
