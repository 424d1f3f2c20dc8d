-- Tells this database from every other, so that backups of another lab are never taken for its own.
create table lab_identity (
  only integer not null primary key check (only = 1),
  -- Random, in hexadecimal. A backup, being a copy, has the same.
  id text not null check (length(id) = 32)
) strict;

insert into lab_identity (only, id) values (1, lower(hex(randomblob(16))));
