-- From which versions of the library a run came; of what is not here nothing is known, or it was none of the library. The document may be
-- deleted since.
create table run_source (
  run integer not null references run (number) on delete cascade,
  kind text not null check (kind in ('topology', 'workload', 'experiment', 'environments')),
  document text not null check (length(document) = 8),
  version integer not null,
  -- 1: it was not recorded when the run was queued; this version alone has the run's content.
  by_content integer not null default 0 check (by_content in (0, 1)),
  primary key (run, kind)
) strict, without rowid;

create index run_source_document on run_source (document, version);

-- What documents were called before: whoever names one so still means it, as long as no other has the name.
create table former_name (
  document text not null references document (id) on delete cascade,
  name text not null collate nocase,
  left_at integer not null,
  primary key (document, name)
) strict, without rowid;

-- Names what of the content decides numbers; null: not computed yet, empty: it cannot be read, or its kind has none.
alter table document_version add column content_id text;
