import { afterEach, describe, expect, it } from 'vitest'
import { directClient, type Lab, openLab } from '../../../src/main/api'
import { KeptResults } from '../../../src/main/api/kept-results'
import { gather, rowsInOrder } from '../../../src/main/comparison/gather'
import { computeComparison } from '../../../src/main/computing/comparison'
import { Inspection } from '../../../src/main/learn/inspect'
import { forkWorkers } from '../../../src/main/processes/fork'
import { meanLosses } from '../../../src/shared/experiment/losses'
import { fillCompared } from '../../e2e/compared'
import { GENERATED, ONE_EDGE_ONE_CLOUD, scenario } from '../learn/worlds'
import { openedStore, sampleEvaluation, temporaryHome } from '../store/samples'
import { BUILT_WORKER } from './hosts'

let lab: Lab | undefined

afterEach(async () => {
  await lab?.close()
  lab = undefined
})

/** A lab of finished runs, and what it has been asked to compute. */
function compared(of: Parameters<typeof fillCompared>[1]) {
  const home = temporaryHome()
  const ids = fillCompared(home, of)
  const opened = openLab({ store: openedStore(home), spawnWorker: forkWorkers(BUILT_WORKER), parallel: 1 })
  lab = opened
  const { computations } = opened
  const computed: string[] = []
  const work = computations.do.bind(computations)
  computations.do = (job, options) => {
    computed.push(job.what)
    return work(job, options)
  }
  return { ids, computed, lab: opened, store: opened.store, client: directClient(opened) }
}

const SMALL = { groups: 2, seeds: 3, heldOut: 20, points: 6 }

describe('a comparison', () => {
  it('is computed once and kept: for the same runs, reference and basis', async () => {
    const { ids, client, computed } = compared(SMALL)
    const first = await client.comparisons.analyse({ ids })
    expect(await client.comparisons.analyse({ ids })).toEqual(first)
    expect(computed).toEqual(['comparison'])
    await client.comparisons.analyse({ ids, against: ids[5] })
    await client.comparisons.analyse({ ids, basis: 'steps' })
    await client.comparisons.analyse({ ids: ids.slice(1) })
    await client.comparisons.analyse({ ids, bestOf: true })
    expect(computed).toHaveLength(5)
    await client.comparisons.analyse({ ids, against: ids[5] })
    expect(computed).toHaveLength(5)
  })

  it('is computed again when one of its runs has another evaluation, and not for what is noted of one', async () => {
    const { ids, client, computed, store } = compared(SMALL)
    const before = await client.comparisons.analyse({ ids })
    await client.runs.mark({ ids, addTags: ['seen'] })
    await client.comparisons.analyse({ ids })
    expect(computed).toHaveLength(1)
    const evaluation = store.evaluation(ids[0])
    if (!evaluation) throw new Error('the run has no evaluation')
    store.setEvaluation(ids[0], { ...evaluation, gapMean: 0.5 })
    const after = await client.comparisons.analyse({ ids })
    expect(computed).toHaveLength(2)
    expect(after.figures[0].cells[0].mean).not.toBe(before.figures[0].cells[0].mean)
  })

  it('does not wait for how far a run is that has not been evaluated', async () => {
    const { ids, client, computed, store } = compared(SMALL)
    store.setEvaluation(ids[0], undefined)
    await client.comparisons.analyse({ ids })
    store.runs.update(ids[0], { learnSteps: 7, seconds: 3, latest: { gap: 0.2 } })
    await client.comparisons.analyse({ ids })
    expect(computed).toHaveLength(1)
  })

  it('of many runs is computed by another process, to the same bits', async () => {
    const { ids, client, lab: opened, store } = compared({ groups: 6, seeds: 20, points: 4 })
    const asked = client.comparisons.analyse({ ids, bestOf: true })
    await expect.poll(() => opened.computations.list().map(({ title }) => title), { interval: 2 }).toEqual(['Comparison of 120 runs'])
    const { known, given } = await gather(store, rowsInOrder(store, ids), { bestOf: true })
    expect(await asked).toEqual({ ...known, ...computeComparison(given) })
  })

  it('is given up when nobody waits for it any more', async () => {
    const { ids, client, lab: opened } = compared({ groups: 6, seeds: 20, points: 4 })
    const leaving = new AbortController()
    const asked = client.comparisons.analyse({ ids }, { signal: leaving.signal })
    await expect.poll(() => opened.computations.list().length, { interval: 2 }).toBe(1)
    leaving.abort()
    await expect(asked).rejects.toThrow()
    await expect.poll(() => opened.computations.list().length).toBe(0)
  })

  it('by equal learn steps reads each run where the shortest ends, and by equal seconds where the quickest does', async () => {
    const { ids, client, store } = compared({ groups: 2, seeds: 3, heldOut: 20, points: 6 })
    const [dqn, dmro] = [store.runs.row(ids[0]), store.runs.row(ids[3])]
    expect([dqn?.totalLearnSteps, dmro?.totalLearnSteps]).toEqual([6000, 2000])
    const steps = await client.comparisons.analyse({ ids, basis: 'steps' })
    expect(steps.read).toEqual({ basis: 'steps', at: 2000 })
    expect(steps.training).toEqual([
      { learnSteps: 6000, networks: 1 },
      { learnSteps: 2000, networks: 5 }
    ])
    // DQN is evaluated every 1,000 learn steps, DMRO ends there.
    const at = (id: string, step: number) => {
      const { steps: all, values } = store.curves.read(id, 'gap')
      return values[all.indexOf(step)]
    }
    const gaps = steps.figures.find(({ key }) => key === 'gapMean')?.cells ?? []
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(gaps[0].mean).toBeCloseTo(mean(ids.slice(0, 3).map((id) => at(id, 2000))), 12)
    expect(gaps[1].mean).toBeCloseTo(mean(ids.slice(3).map((id) => at(id, 2000))), 12)
    expect(gaps[1].test).toBe('paired-t')
    expect(steps.figures.map(({ key }) => key)).toEqual(['gapMean', 'cost', 'delay', 'energy', 'training'])
    const seconds = await client.comparisons.analyse({ ids, basis: 'seconds' })
    expect(seconds.read).toEqual({ basis: 'seconds', at: 2.5 })
    expect(seconds.figures.find(({ key }) => key === 'training')?.cells.map((cell) => cell.mean)).toEqual([2.5, 2.5])
  })

  it('takes the documents of one world together', async () => {
    const { ids, client } = compared({ groups: 3, seeds: 2, heldOut: 20, points: 4 })
    const { documents, topology } = await client.comparisons.analyse({ ids })
    expect(documents).toEqual([0, 0, 0])
    expect(topology.every(({ values }) => values.length === 1)).toBe(true)
  })
})

describe('a comparison of shared machines', () => {
  it('has figures and no front, and loses in queues instead of by task', async () => {
    const { client, store } = compared({ ...SMALL, groups: 1, seeds: 1 })
    const shared = { ...scenario(ONE_EDGE_ONE_CLOUD, GENERATED), execution: 'shared' as const }
    const specs = [1, 2].map((seed) => ({ scenario: shared, algorithm: 'greedy', parameters: {}, seed, heldOut: 3, split: 0 }))
    const asked = specs.map((spec) => ({ spec, totalLearnSteps: 3 }))
    const { runs } = store.addExperiment({ name: 'shared', document: {} }, asked, 2000)
    for (const id of runs) store.setEvaluation(id, { ...sampleEvaluation(0.1), gaps: [0.1, 0.2, 0], costs: [1, 2, 3] })
    const { figures, front, training } = await client.comparisons.analyse({ ids: runs, basis: 'steps' })
    expect(figures.find(({ key }) => key === 'gapMean')?.cells[0].mean).toBeCloseTo(0.1, 12)
    expect([front, training.filter((each) => each !== undefined)]).toEqual([[], []])
    const [{ losses, queues, missing }] = await client.comparisons.losses({ ids: runs })
    expect([losses, missing]).toEqual([undefined, undefined])
    expect(queues?.batches).toBe(3)
    // Three nodes and two directions of each of three links; of rules, seeds do not differ.
    expect(queues?.queues.map(({ to }) => to)).toContain('edge')
  })
})

describe('what a group loses', () => {
  it('is the mean over its runs, each looked into alone', async () => {
    const { ids, client, store } = compared({ groups: 3, seeds: 2, heldOut: 20, points: 4 })
    const found = await client.comparisons.losses({ ids })
    for (const [g, { losses }] of found.entries()) {
      const each = ids.slice(2 * g, 2 * g + 2).map((id) => {
        const policy = store.policies.get(id)
        if (!policy) throw new Error('the run has no policy')
        return new Inspection(store.runs.spec(id), { policy }).losses()
      })
      expect(losses).toEqual(meanLosses(await Promise.all(each)))
    }
  })

  it('is computed once for each run, whatever it is compared with', async () => {
    const { ids, client, computed } = compared(SMALL)
    await client.comparisons.losses({ ids: ids.slice(0, 2) })
    await client.comparisons.losses({ ids: ids.slice(0, 2) })
    expect(computed).toEqual(['losses'])
    const all = await client.comparisons.losses({ ids: ids.slice(0, 3) })
    expect(computed).toHaveLength(2)
    expect(await client.comparisons.losses({ ids: ids.slice(0, 3) })).toEqual(all)
    expect(computed).toHaveLength(2)
  })

  it('counts a seed that was run again once', async () => {
    const { ids, client, store } = compared({ groups: 1, seeds: 2, heldOut: 20, points: 4 })
    const row = store.runs.row(ids[0])
    const evaluation = store.evaluation(ids[0])
    const policy = store.policies.get(ids[0])
    if (!row || !evaluation || !policy) throw new Error('the run is not complete')
    const { runs } = store.addExperiment({ name: 'again', document: {} }, [{ spec: store.runs.spec(ids[0]), totalLearnSteps: 6000 }], 2000)
    store.setEvaluation(runs[0], evaluation)
    store.policies.put(runs[0], policy)
    const [once] = await client.comparisons.losses({ ids })
    const [again] = await client.comparisons.losses({ ids: [...ids, ...runs] })
    expect(again.losses).toEqual(once.losses)
  })

  it('says why where a run cannot be placed again, and tells of the others', async () => {
    const { ids, client, store } = compared({ groups: 1, seeds: 2, heldOut: 20, points: 4 })
    store.policies.put(ids[1], Uint8Array.of(1, 2, 3))
    const [some] = await client.comparisons.losses({ ids })
    expect(some.losses?.workflows).toBe(20)
    const [none] = await client.comparisons.losses({ ids: [ids[1]] })
    expect(none.losses).toBeUndefined()
    expect(none.missing).toBeTruthy()
  })
})

describe('what is kept', () => {
  it('goes when there is more than its weight, what was asked for longest ago first', () => {
    const kept = new KeptResults<string>(10, (text) => text.length)
    kept.put('a', 'aaaa')
    kept.put('b', 'bbbb')
    expect(kept.get('a')).toBe('aaaa')
    kept.put('c', 'cccc')
    expect([kept.get('a'), kept.get('b'), kept.get('c')]).toEqual(['aaaa', undefined, 'cccc'])
    kept.put('d', 'far too much to be kept')
    expect(['a', 'b', 'c', 'd'].map((key) => kept.get(key))).toEqual([undefined, undefined, undefined, undefined])
    kept.put('e', 'eeee')
    kept.put('e', 'ee')
    kept.put('f', 'ffffffff')
    expect([kept.get('e'), kept.get('f')]).toEqual(['ee', 'ffffffff'])
  })
})
