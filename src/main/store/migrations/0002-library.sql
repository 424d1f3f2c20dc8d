-- What users make by hand. Every save is a version; none is ever changed.
create table document (
  id text not null primary key check (length(id) = 8),
  kind text not null check (kind in ('topology', 'workload', 'experiment', 'environments')),
  -- What it is called, in lists and where other documents name it; the content's own name is written over by it.
  name text not null,
  -- The newest version.
  version integer not null,
  created_at integer not null,
  saved_at integer not null,
  -- Restorable until the lab is next opened.
  deleted_at integer
) strict;

-- A name stands for one document of its kind, whatever its letters' case.
create unique index document_name on document (kind, name collate nocase) where deleted_at is null;

create table document_version (
  document text not null references document (id) on delete cascade,
  version integer not null,
  -- Where it came from, if not from the hand, e.g. an older version.
  note text,
  -- Counts that lists show without reading the content.
  facts text not null check (json_valid(facts)),
  -- Faults of the content by its own format: unfinished work is kept too.
  faults integer not null,
  saved_at integer not null,
  crc integer not null,
  content text not null check (json_valid(content)),
  primary key (document, version)
) strict;

-- Unsaved edits, one for a document, kept while it is edited. The id is the document's, or that of one not saved yet.
create table draft (
  id text not null primary key check (length(id) = 8),
  kind text not null check (kind in ('topology', 'workload', 'experiment', 'environments')),
  name text not null,
  -- The version it began with; null: never saved.
  base integer,
  edited_at integer not null,
  crc integer not null,
  content text not null check (json_valid(content))
) strict;
