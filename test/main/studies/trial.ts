import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Evaluation } from '@shared/run/evaluation'
import type { RunSpec } from '@shared/run/spec'
import { lineOf } from '@shared/algorithms/looks'
import { algorithmCards } from '../../../src/main/algorithms'
import { fig6 } from '../../../src/main/studies/definitions/fig6'
import type { Study } from '@shared/studies/study'
import type { SupervisorListener } from '../../../src/main/queue/supervisor-listeners'
import { openStore, type Store } from '../../../src/main/store'
import type { Trainer } from '../../../src/main/studies/studies'

const document = (name: string, algorithms: readonly object[], seeds: readonly number[]) => ({
  format: 'dmro-experiment/1',
  name,
  scenarios: ['one-edge-one-cloud'],
  algorithms,
  seeds
})
const dqn = (learnSteps: number) => ({ id: 'dqn', parameters: { learnSteps } })

/** A study of two stages, small enough to be made up: dqn for two seeds, then the optimum. */
export const SMALL: Study = {
  ...fig6,
  id: 'small',
  figure: 'Fig. 0',
  title: 'Small',
  stages: (variant) => [
    { key: 'learn', title: 'Learn', documents: [document('small, dqn', [dqn(variant === 'quick' ? 10 : 20)], [1, 2])] },
    { key: 'place', title: 'Place', documents: [document('small, optimum', [{ id: 'optimum' }], [1])] }
  ],
  charts: [
    {
      key: 'gap',
      title: 'Gap of dqn',
      x: 'learnSteps',
      y: { metric: 'gap', label: 'optimality gap', scale: 'log', kind: 'gap' },
      series: [{ key: 'dqn', label: 'dqn', algorithm: 'dqn', look: lineOf(algorithmCards, 'dqn') }]
    }
  ],
  claims: [{ paper: 'Dqn learns.', judge: (runs) => ({ verdict: 'holds', text: `From ${runs.length} runs.` }) }],
  here: (runs) => `${runs.length} runs.`
}

export interface Bench {
  store: Store
  trainer: Trainer & { queued: RunSpec[][]; resumed: string[]; paused: string[] }
  /** Ends a run as a worker would, with curves and an evaluation, and tells of it. */
  end(id: string, gap?: number): void
  /** Changes a run's status and tells of it. */
  move(id: string, status: 'failed' | 'running' | 'paused'): void
  close(): void
}

/** A store with someone who queues but does not train: tests end the runs themselves. */
export function openBench(): Bench {
  const home = mkdtempSync(join(tmpdir(), 'dmro-study-'))
  const store = openStore(home)
  const listeners = new Set<SupervisorListener>()
  const tell = (id: string) => {
    for (const listener of listeners) listener.onEvent({ rows: store.runs.rows([id]), removed: [], points: [] })
  }
  const trainer: Bench['trainer'] = {
    queued: [],
    resumed: [],
    paused: [],
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    enqueue: (specs, experiment) => {
      trainer.queued.push([...specs])
      const runs = specs.map((spec) => ({ spec, totalLearnSteps: Number(spec.parameters.learnSteps ?? 0) }))
      return store.addExperiment(experiment, runs, 1000)
    },
    resume: (ids) => {
      trainer.resumed.push(...ids)
      for (const id of ids) store.runs.update(id, { status: 'queued' })
      return { changed: [...ids] }
    },
    pause: (ids) => {
      trainer.paused.push(...ids)
      for (const id of ids) store.runs.update(id, { status: 'paused' })
      return { changed: [...ids] }
    }
  }
  return {
    store,
    trainer,
    end: (id, gap = 0.02) => {
      complete(store, id, gap)
      tell(id)
    },
    move: (id, status) => {
      store.runs.update(id, { status })
      tell(id)
    },
    close: () => {
      store.close()
      rmSync(home, { recursive: true, force: true })
    }
  }
}

/** Writes a run's curve and evaluation as if it had been trained. */
export function complete(store: Store, id: string, gap: number): void {
  store.curves.append(id, { metric: 'gap', steps: Float64Array.of(0, 10, 20), values: Float64Array.of(0.4, 0.1, gap) })
  store.setEvaluation(id, evaluation(gap))
  store.runs.update(id, { status: 'completed', learnSteps: 20, seconds: 2, startedAt: 3000, endedAt: 5000 })
}

function evaluation(gapMean: number): Evaluation {
  const share = { device: 0.2, edge: 0.2, cloud: 0.6 }
  return {
    workflows: 1,
    inSample: false,
    meanCost: 0.8 * (1 + gapMean),
    meanDelaySeconds: 90,
    meanEnergyJoules: 200,
    gapMean,
    gapP95: gapMean,
    gapMax: gapMean,
    exactMatches: 0,
    share,
    decisionMs: 1,
    optimum: { meanCost: 0.8, meanDelaySeconds: 80, meanEnergyJoules: 190, share },
    gaps: [gapMean],
    costs: [0.8 * (1 + gapMean)]
  }
}
