import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { RunSpec } from '@shared/run/spec'
import { PAPER_GENERATOR } from '@shared/model/workload'
import { forkWorkers } from '../../../src/main/processes/fork'
import { sampleScenario } from '../store/samples'
import { startTrial } from './trial'

/** Real workers that place without training for some seconds. */

const spawnWorker = forkWorkers(fileURLToPath(new URL('../../../out/main/worker.js', import.meta.url)))

/** Long workflows, looked at far ahead: seconds for all of them. */
function longSpec(heldOut: number): RunSpec {
  const workload = { name: 'long', generator: { ...PAPER_GENERATOR, users: 1, workflowsPerUser: 1, tasks: 800 }, seed: 7 }
  return {
    scenario: { ...sampleScenario(), workload },
    algorithm: 'look-ahead',
    parameters: { horizon: 1000 },
    seed: 1,
    heldOut,
    split: 0
  }
}

describe('a placing that takes long', () => {
  it('shows how far it is, pauses at a checkpoint and comes to the same bits when resumed', async () => {
    const trial = startTrial({ spawnWorker, parallel: 2 })
    const spec = longSpec(150)
    const { runs } = trial.supervisor.enqueue([spec, { ...spec, seed: 2 }], { name: 'long' })
    const [paused, whole] = runs
    const under = await trial.until(paused, (row) => row.learnSteps > 0)
    expect(under).toMatchObject({ status: 'running', totalLearnSteps: 150 })
    trial.supervisor.pause([paused])
    const { learnSteps, message } = await trial.until(paused, (row) => row.status === 'paused')
    expect(message).toBeUndefined()
    expect(learnSteps).toBeLessThan(150)
    expect(trial.store.checkpoints.get(paused)?.learnSteps).toBe(learnSteps)
    trial.supervisor.resume([paused])
    for (const run of runs) expect(await trial.until(run, (row) => row.status === 'completed')).toMatchObject({ learnSteps: 150 })
    expect(trial.store.evaluation(paused)?.gaps).toEqual(trial.store.evaluation(whole)?.gaps)
    const log = trial.store.log.of(paused).map(({ text }) => text)
    expect(log).toContain(`Paused after ${learnSteps} ${learnSteps === 1 ? 'workflow' : 'workflows'}.`)
    expect(log).toContain(`Resumes after ${learnSteps} ${learnSteps === 1 ? 'workflow' : 'workflows'} (attempt 2).`)
    expect(log.at(-1)).toBe('Completed after 150 workflows.')
  })

  it('is cancelled without its process being ended', async () => {
    const trial = startTrial({ spawnWorker })
    const { runs } = trial.supervisor.enqueue([longSpec(4000), longSpec(1)], { name: 'long' })
    await trial.until(runs[0], (row) => row.learnSteps > 0)
    trial.supervisor.cancel([runs[0]])
    expect((await trial.until(runs[0], (row) => row.status === 'cancelled')).message).toBeUndefined()
    await trial.until(runs[1], (row) => row.status === 'completed')
  })
})

describe('a search', () => {
  it('keeps its curves over evaluations', async () => {
    const trial = startTrial({ spawnWorker })
    const spec = { ...longSpec(20), algorithm: 'local-search', parameters: { evaluations: 300 } }
    const [run] = trial.supervisor.enqueue([spec], { name: 'search' }).runs
    const done = await trial.until(run, (row) => row.status === 'completed')
    expect(done).toMatchObject({ learnSteps: 300, totalLearnSteps: 300 })
    const { steps, values } = trial.store.curves.read(run, 'gap')
    expect([steps[0], steps.at(-1)]).toEqual([1, 300])
    expect(values.at(-1)).toBe(done.evaluation?.gapMean)
    expect(trial.store.curves.summaries(run).map(({ metric }) => metric)).toEqual(['cost', 'gap', 'delay', 'energy'])
    expect(trial.store.log.of(run).at(-1)?.text).toBe('Completed after 300 evaluations.')
  })
})
