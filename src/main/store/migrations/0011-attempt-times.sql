-- When an attempt's worker began with it and when it ended, by the clock, in milliseconds since 1970. A run's seconds are its share of
-- what a worker spent on a stack of runs; only these tell how long one waited. Unknown of attempts before there was this column.
alter table run_attempt add column began_at integer;

alter table run_attempt add column ended_at integer;
