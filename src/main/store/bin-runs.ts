import type { Restored } from '@shared/contract/bin'
import { isActive, type RunStatus } from '@shared/run/lifecycle'
import { count } from '@shared/format'
import { keptUntil, type Shelf, type StoredEntry, UnknownEntryError } from './bin-shelf'
import type { Connection } from './connection'
import type { Runs } from './runs'
import { intactName } from './seals'

interface DeletedRun {
  number: number
  id: string
  deletedAt: number
  status: RunStatus
  algorithm: string | null
  seed: number | null
  scenario: string
  bytes: number
}

// A damaged specification may be no JSON; the bin lists the run all the same.
const HEAD = `r.number, r.id, r.deleted_at as deletedAt, r.status,
  case when json_valid(r.spec) then json_extract(r.spec, '$.algorithm') end as algorithm,
  case when json_valid(r.spec) then json_extract(r.spec, '$.seed') end as seed, ${intactName('scenario', 's')} as scenario`
const BYTES = `length(r.spec) + length(coalesce(r.evaluation, ''))
  + coalesce((select sum(length(curve_values) + coalesce(length(steps), 0)) from chunk where run = r.number), 0)
  + coalesce((select length(weights) from policy where run = r.number), 0)
  + coalesce((select length(state) from checkpoint where run = r.number), 0)
  + coalesce((select length(gaps) + length(costs) from evaluation_values where run = r.number), 0)
  + coalesce((select sum(length(line)) from log where run = r.number), 0)
  + coalesce((select length(note) from run_marks where run = r.number), 0) as bytes`
const DELETED = `select ${HEAD}, ${BYTES} from run r join scenario s on s.id = r.scenario_id where r.deleted_at is not null`

/** What runs are called together: their algorithm, seeds and scenario, as far as they share them. */
export function runsName(runs: readonly { algorithm: string | null; seed: number | null; scenario: string }[]): string {
  const one = <T>(values: readonly T[]): T | undefined => (new Set(values).size === 1 ? values[0] : undefined)
  const algorithm = one(runs.map((run) => run.algorithm)) ?? undefined
  const scenario = one(runs.map((run) => run.scenario))
  return [algorithm, seedsText(runs.map(({ seed }) => seed)), scenario].filter((part) => part !== undefined).join(' · ')
}

/** "seed 3", "seeds 6–13" where they are that and nothing else, or how many runs there are. */
function seedsText(seeds: readonly (number | null)[]): string {
  const sorted = seeds.filter((seed) => seed !== null).sort((a, b) => a - b)
  if (seeds.length === 1 && sorted.length === 1) return `seed ${sorted[0]}`
  const inARow = sorted.length === seeds.length && sorted.every((seed, i) => seed === sorted[0] + i)
  return inARow ? `seeds ${sorted[0]}–${sorted[sorted.length - 1]}` : count(seeds.length, 'run', 'runs')
}

/** Deleted runs; those that one request deleted are one entry, told apart by its moment. */
export class BinnedRuns implements Shelf {
  readonly #db: Connection
  readonly #runs: Runs

  constructor(db: Connection, runs: Runs) {
    this.#db = db
    this.#runs = runs
  }

  entries(): StoredEntry[] {
    const byMoment = new Map<number, DeletedRun[]>()
    for (const run of this.#db.sqlite.prepare<[], DeletedRun>(`${DELETED} order by r.number`).all()) {
      const together = byMoment.get(run.deletedAt)
      if (together) together.push(run)
      else byMoment.set(run.deletedAt, [run])
    }
    return [...byMoment].map(([deletedAt, runs]) => ({
      id: this.entryOf(deletedAt),
      kind: 'run',
      name: runsName(runs),
      deletedAt,
      keptUntil: keptUntil(deletedAt),
      bytes: runs.reduce((sum, run) => sum + run.bytes, 0),
      runs: runs.map(({ id }) => id)
    }))
  }

  /** Whether the record of a run matches its checksum. */
  isIntact(id: string): boolean {
    return this.#runs.identityOf(id) !== undefined
  }

  /** The entry of runs that were deleted at a moment. */
  entryOf(deletedAt: number): string {
    return `run-${deletedAt.toString(36)}`
  }

  /** `now`, or the first moment after it at which no run was deleted yet: what one request deletes stays one entry. */
  moment(now: number): number {
    const taken = this.#db.sqlite.prepare<[number], number>('select 1 from run where deleted_at = ?').pluck()
    let at = now
    while (taken.get(at) !== undefined) at++
    return at
  }

  restore(key: string): Restored {
    const runs = this.#of(key)
    for (const { id } of runs) this.restoreRun(id)
    return { id: `run-${key}`, kind: 'run', name: runsName(runs) }
  }

  /** Brings one run back. Throws UnknownEntryError, DamagedRecordError. */
  restoreRun(id: string): Restored {
    const run = this.#db.sqlite.prepare<[string], DeletedRun>(`${DELETED} and r.id = ?`).get(id)
    if (!run) throw new UnknownEntryError([id])
    this.#runs.update(id, { deletedAt: null })
    return { id, kind: 'run', name: runsName([run]) }
  }

  /** A run whose worker has not stopped yet still has something to write: then nothing of the entry goes. */
  purge(key: string): boolean {
    const runs = this.#of(key)
    if (runs.some(({ status }) => isActive(status))) return false
    const { sqlite } = this.#db
    const weights = sqlite
      .prepare<[string], string>(
        `select distinct json_extract(spec, '$.initialWeights.policy') from run
         where number in (select value from json_each(?)) and json_valid(spec)`
      )
      .pluck()
    const numbers = JSON.stringify(runs.map(({ number }) => number))
    const policies = weights.all(numbers).filter((policy) => policy !== null)
    sqlite.prepare('delete from run where number in (select value from json_each(?))').run(numbers)
    sqlite.exec(`delete from experiment where id not in (select experiment_id from run);
      delete from scenario where id not in (select scenario_id from run)`)
    for (const policy of policies) dropUnusedPolicy(this.#db, policy)
    this.#db.forget(runs.map(({ id }) => id))
    return true
  }

  #of(key: string): DeletedRun[] {
    const runs = this.#db.sqlite.prepare<[number], DeletedRun>(`${DELETED} and r.deleted_at = ? order by r.number`).all(parseInt(key, 36))
    if (runs.length === 0) throw new UnknownEntryError([`run-${key}`])
    return runs
  }
}

/** Drops a policy's bytes once neither a name nor a run stands for them. */
export function dropUnusedPolicy({ sqlite }: Connection, policy: string): void {
  sqlite
    .prepare(
      `delete from kept_policy where id = :policy
         and not exists (select 1 from policy_name where policy = :policy)
         and not exists (select 1 from run where json_valid(spec) and json_extract(spec, '$.initialWeights.policy') = :policy)`
    )
    .run({ policy })
}
