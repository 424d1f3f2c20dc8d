import { and, asc, eq, getTableColumns, isNull, type SQL, sql } from 'drizzle-orm'
import type { Connection } from './connection'
import { SOURCES } from './run-sources'
import { experiment, foreignRun, run, runAttempt, runMarks, runSource, scenario } from './schema'
import { intact } from './seals'

/** Why a run is not exact, of all its attempts. */
const APPROXIMATE = sql<
  string | null
>`(select group_concat(approximate, ' ') from (select approximate from run_attempt where run_attempt.run = ${run.number} order by attempt))`

const NAMED = {
  approximate: APPROXIMATE,
  sources: SOURCES,
  experiment: experiment.name,
  scenario: scenario.name,
  scenarioNote: scenario.note,
  facts: scenario.facts,
  marks: runMarks,
  foreign: foreignRun,
  /** 0 where the names, marks, attempts or sources of a run do not match their checksums. */
  isIntact: sql<number>`(${intact(experiment)} and ${intact(scenario)} and (${runMarks.run} is null or ${intact(runMarks)})
    and (${foreignRun.run} is null or ${intact(foreignRun)})
    and not exists (select 1 from run_attempt where run_attempt.run = ${run.number} and not ${intact(runAttempt)})
    and not exists (select 1 from run_source where run_source.run = ${run.number} and not ${intact(runSource)}))`
}

/** Written out and understood once: rows are read and changed for every batch of every run. Ids come as a JSON array. */
export function prepareRuns({ orm }: Connection) {
  const named = (where: SQL | undefined) =>
    orm
      .select({ run, ...NAMED })
      .from(run)
      .innerJoin(experiment, eq(experiment.id, run.experimentId))
      .innerJoin(scenario, eq(scenario.id, run.scenarioId))
      .leftJoin(runMarks, eq(runMarks.run, run.number))
      .leftJoin(foreignRun, eq(foreignRun.run, run.number))
      .where(and(isNull(run.deletedAt), where))
      .orderBy(asc(run.number))
      .prepare()
  const asked = sql`(select value from json_each(${sql.placeholder('ids')}))`
  const { number: _, ...columns } = getTableColumns(run)
  const each = Object.fromEntries(Object.keys(columns).map((key) => [key, sql`${sql.placeholder(key)}`])) as Record<
    keyof typeof columns,
    SQL
  >
  return {
    list: named(undefined),
    byId: named(sql`${run.id} in ${asked}`),
    byScenario: named(sql`${run.scenarioId} in ${asked}`),
    columns: orm
      .select()
      .from(run)
      .where(eq(run.id, sql.placeholder('id')))
      .prepare(),
    insert: orm.insert(run).values(each).prepare(),
    update: orm
      .update(run)
      .set(each)
      .where(eq(run.number, sql.placeholder('number')))
      .prepare()
  }
}
