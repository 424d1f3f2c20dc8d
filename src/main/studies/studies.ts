import type { RunRow } from '@shared/contract/records'
import { isActive } from '@shared/run/lifecycle'
import { STUDIES } from './definitions'
import { type Study, type Variant, VARIANTS } from '@shared/studies/study'
import type { RunSpec } from '@shared/run/spec'
import type { Supervisor } from '../queue/supervisor'
import type { Store } from '../store'
import { Finder, type FoundRun, type FoundStage, isDone } from './found'

/** How far a study has come, from the stored runs: nothing else is kept of it. */
export interface StudyProgress {
  runs: number
  /** Completed, or diverged: they will give nothing more. */
  done: number
  diverged: number
  /** Queued or running. */
  active: number
  /** Paused, interrupted, failed or cancelled: they can continue. */
  stopped: number
  /** Whether its next stage begins by itself. */
  isFollowed: boolean
  /** The stage under way, or next. */
  stage?: { number: number; of: number; title: string }
  /** Learn steps not made yet, by algorithm. */
  learnSteps: Record<string, number>
  /** What workers spent on its runs, shares of stacks added up. */
  workerSeconds: number
  /** How long any of its runs was in hand, by the clock; absent where that was not recorded of every run. */
  clockSeconds?: number
  /** When its last run ended, in milliseconds since 1970. */
  endedAt?: number
}

/** What a study needs of who trains. */
export type Trainer = Pick<Supervisor, 'subscribe' | 'enqueue' | 'resume' | 'pause'>

/** Milliseconds between the end of a run and the start of what waits for it. */
const FOLLOW_MS = 200

/** Starts studies, resumes them and leads them from stage to stage. */
export class Studies {
  readonly #supervisor: Trainer | undefined
  readonly #finder: Finder
  readonly #store: Store
  readonly #followed = new Map<string, { study: Study; variant: Variant }>()
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #unsubscribe: () => void

  constructor(store: Store, supervisor: Trainer | undefined) {
    this.#store = store
    this.#supervisor = supervisor
    this.#finder = new Finder(store)
    this.#unsubscribe =
      supervisor?.subscribe({
        onEvent: ({ rows, removed }) => {
          if (this.#followed.size > 0 && (removed.length > 0 || rows.some((row) => !isActive(row.status)))) this.#followSoon()
        }
      }) ?? (() => {})
  }

  find(study: Study, variant: Variant): FoundStage[] {
    return this.#finder.find(study, variant)
  }

  /** Studies that count on any of these runs, or, where they are in the bin, miss them: nothing else is there in their place. */
  wanting(ids: readonly string[], studies: readonly Study[] = STUDIES): Study[] {
    return studies.filter((study) => VARIANTS.some((variant) => this.#finder.wants(study, variant, ids)))
  }

  progress(study: Study, variant: Variant): StudyProgress {
    const stages = this.find(study, variant)
    const all = stages.flatMap(({ runs }) => runs)
    const rows = all.flatMap(({ row }) => row ?? [])
    const done = rows.filter(isDone)
    const active = rows.filter((row) => isActive(row.status)).length
    const at = stages.findIndex(({ runs }) => runs.some(({ row }) => !isDone(row)))
    const endedAt = done.length > 0 ? Math.max(...done.map((row) => row.endedAt ?? 0)) : undefined
    return {
      runs: all.length,
      done: done.length,
      diverged: done.filter((row) => row.status === 'diverged').length,
      active,
      stopped: rows.length - done.length - active,
      isFollowed: this.#followed.has(nameOf(study, variant)),
      ...(at >= 0 && { stage: { number: at + 1, of: stages.length, title: stages[at].title } }),
      learnSteps: missingSteps(all),
      workerSeconds: done.reduce((sum, row) => sum + row.seconds, 0),
      ...clockOf(this.#store, done),
      ...(endedAt !== undefined && { endedAt })
    }
  }

  /**
   * Starts what is missing of a study's current stage and sees to its later ones; runs that stopped resume from their last
   * checkpoint, runs that ended are not repeated. Returns the runs of the stage that are now under way. Throws DiskFullError.
   */
  start(study: Study, variant: Variant): string[] {
    const supervisor = this.#supervisor
    if (!supervisor) return []
    this.#followed.set(nameOf(study, variant), { study, variant })
    const stage = this.#currentStage(study, variant)
    if (!stage) {
      this.#followed.delete(nameOf(study, variant))
      return []
    }
    const stopped = stage.runs.flatMap(({ row }) => (row && !isDone(row) && !isActive(row.status) ? [row.id] : []))
    if (stopped.length > 0) supervisor.resume(stopped)
    const active = stage.runs.flatMap(({ row }) => (row && isActive(row.status) ? [row.id] : []))
    return [
      ...new Set([
        ...active,
        ...stopped,
        ...this.#queue(
          supervisor,
          study,
          stage.runs.filter(({ row }) => !row)
        )
      ])
    ]
  }

  /** Pauses what is running; `start` continues from there. */
  stop(study: Study, variant: Variant): void {
    this.#followed.delete(nameOf(study, variant))
    const active = this.find(study, variant).flatMap(({ runs }) => runs.flatMap(({ row }) => (row && isActive(row.status) ? [row.id] : [])))
    if (active.length > 0) this.#supervisor?.pause(active)
  }

  /** Trains runs again as they were; the newer take the place of the older when they have ended. */
  again(ids: readonly string[]): string[] {
    const specs = [...new Set(ids)].map((id) => this.#store.runs.spec(id))
    if (!this.#supervisor || specs.length === 0) return []
    const { experiment } = this.#store.runs.rows([ids[0]])[0]
    return this.#supervisor.enqueue(specs, { name: experiment, note: 'A point of a study, run again.' }).runs
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#followed.clear()
    this.#unsubscribe()
  }

  #currentStage(study: Study, variant: Variant): FoundStage | undefined {
    return this.find(study, variant).find(({ runs }) => runs.some(({ row }) => !isDone(row)))
  }

  /** Queues runs, an experiment for each document they come from. A run that two documents ask for is queued once. */
  #queue(supervisor: Trainer, study: Study, missing: readonly FoundRun[]): string[] {
    const byExperiment = new Map<string, RunSpec[]>()
    for (const { planned, spec } of missing) {
      if (!spec) continue
      byExperiment.set(planned.experiment, [...(byExperiment.get(planned.experiment) ?? []), spec])
    }
    for (const specs of byExperiment.values()) this.#keepPolicies(specs)
    return [...byExperiment].flatMap(([name, specs]) => supervisor.enqueue(specs, { name, note: `${study.figure}: ${study.title}.` }).runs)
  }

  /** Keeps the policies that runs start from, so that they can be repeated whatever happens to the runs that trained them. */
  #keepPolicies(specs: readonly RunSpec[]): void {
    for (const name of new Set(specs.flatMap(({ initialWeights }) => initialWeights?.name ?? []))) {
      const bytes = this.#store.policies.get(name)
      if (bytes) this.#store.keptPolicies.keep(bytes, Date.now())
    }
  }

  #followSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#follow(), FOLLOW_MS)
  }

  #follow(): void {
    for (const [name, { study, variant }] of this.#followed) {
      const stage = this.#currentStage(study, variant)
      const runs = stage?.runs ?? []
      if (runs.some(({ row }) => row && isActive(row.status))) continue
      // A run that was paused, cancelled or lost is left to its owner.
      const isStuck = !stage || runs.some(({ row }) => row && !isDone(row)) || runs.every(({ spec }) => !spec)
      if (isStuck) this.#followed.delete(name)
      else this.start(study, variant)
    }
  }
}

const nameOf = (study: Study, variant: Variant) => `${study.id} ${variant}`

function missingSteps(runs: readonly FoundRun[]): Record<string, number> {
  const steps: Record<string, number> = {}
  for (const { planned, row } of runs) {
    const all = Number(planned.spec.parameters.learnSteps ?? 0)
    if (isDone(row) || all === 0) continue
    const { algorithm } = planned.spec
    steps[algorithm] = (steps[algorithm] ?? 0) + all - (row?.learnSteps ?? 0)
  }
  return steps
}

/** The time that spans cover, those that overlap once, in seconds. */
export function coveredSeconds(spans: readonly (readonly [from: number, to: number])[]): number {
  let total = 0
  let until = Number.NEGATIVE_INFINITY
  for (const [from, to] of [...spans].sort(([a], [b]) => a - b)) {
    total += Math.max(0, to - Math.max(from, until))
    until = Math.max(until, to)
  }
  return total / 1000
}

function clockOf(store: Store, rows: readonly RunRow[]): Pick<StudyProgress, 'clockSeconds'> {
  if (rows.length === 0) return {}
  const spans = rows.map(({ id }) => store.attempts.spans([id]))
  return spans.every((own) => own.length > 0) ? { clockSeconds: coveredSeconds(spans.flat()) } : {}
}
