import { readScenario } from '@shared/formats'
import { roundTripScenario } from '../../shared/formats/documents'
import { trainedText } from '@shared/studies/trained'
import { STUDIES } from '../../../src/main/studies/definitions'
import { VARIANTS } from '@shared/studies/study'
import { membersOf } from '@shared/model/environment-set'
import type { Topology } from '@shared/model/topology'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { studyPlanOf } from '../../../src/main/studies/plan'
import { coveredSeconds, Studies } from '../../../src/main/studies/studies'
import { type Bench, openBench, SMALL } from './trial'

/** What sets an environment apart: its speeds and bandwidths. */
const numbersOf = ({ topology }: { topology: Topology }) =>
  JSON.stringify([topology.nodes.map((node) => node.computeMHz), topology.links.map((link) => link.bandwidthMBps)])

describe('the time that spans cover', () => {
  it('counts once what overlaps: two workers at the same time are one time by the clock', () => {
    expect(coveredSeconds([])).toBe(0)
    expect(
      coveredSeconds([
        [5000, 9000],
        [1000, 4000],
        [2000, 6000],
        [20_000, 21_000]
      ])
    ).toBe(9)
  })

  it('is told beside what workers spent', () => {
    expect(trainedText({ clockSeconds: 319, workerSeconds: 607 })).toBe('5 min 19 s by the clock, 10 min 7 s of workers')
    expect(trainedText({ workerSeconds: 607 })).toBe('10 min 7 s of workers')
  })
})

/** What a history may hold for studies that bring no scenario of their own. */
const GIVEN = ['one set', 'another set'].map((name) => {
  const read = readScenario({ ...roundTripScenario(), name })
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return { id: name, scenario: read.value }
})

describe('the documents of every study', () => {
  it.each(STUDIES.flatMap((study) => VARIANTS.map((variant) => ({ id: study.id, variant, study }))))(
    '$id, $variant, are experiments that can be run, with the seeds they should have',
    ({ study, variant }) => {
      const given = study.takes ? GIVEN.filter(({ scenario }) => study.takes?.(scenario)) : []
      expect(given.length > 0).toBe(study.takes !== undefined)
      const plan = studyPlanOf(study, variant, given)
      expect(plan.length).toBe(
        study.stages(
          variant,
          given.map(({ scenario }) => scenario)
        ).length
      )
      const learned = plan.flatMap(({ runs }) => runs).filter(({ spec }) => spec.parameters.learnSteps !== undefined)
      expect(learned.length).toBeGreaterThan(0)
      // One policy is looked at in many environments instead of many policies in one.
      const seeds = study.id === 'one-policy' ? 1 : variant === 'full' ? 5 : 2
      expect(new Set(learned.map(({ spec }) => spec.seed)).size).toBe(seeds)
    }
  )

  it('ask in Fig. 6 for 120 runs of four learned algorithms, 30 of dmro-plus and 30 that learn nothing', () => {
    const study = STUDIES.find(({ id }) => id === 'fig6') ?? STUDIES[0]
    const runs = studyPlanOf(study, 'full').flatMap((stage) => stage.runs)
    const of = (...algorithms: string[]) => runs.filter(({ spec }) => algorithms.includes(spec.algorithm)).length
    expect([of('dmro', 'dqn', 'double-dqn', 'dueling-dqn'), of('dmro-plus'), runs.length]).toEqual([120, 30, 180])
  })
})

describe('one policy for every environment', () => {
  const study = STUDIES.find(({ id }) => id === 'one-policy') ?? STUDIES[0]
  const [training, placing] = studyPlanOf(study, 'full')

  it('is placed in no environment it was trained in', () => {
    const trained = new Set(
      training.runs.flatMap(({ spec }) => membersOf(spec.environments ?? { name: '', topologies: [] }).map(numbersOf))
    )
    expect(trained.size).toBe(3000)
    const met = placing.runs.filter(({ spec }) => trained.has(numbersOf({ topology: spec.scenario.topology })))
    expect(met).toEqual([])
  })

  it('begins every placing run with the weights of a training run of its own experiment', () => {
    const names = new Set(training.policies.map(({ name }) => name))
    expect(names.size).toBe(training.runs.length)
    for (const { start } of placing.runs) expect(names).toContain(start)
    for (const { experiment } of training.policies) expect(training.runs.filter((run) => run.experiment === experiment)).toHaveLength(1)
  })
})

describe('a study', () => {
  let bench: Bench
  let studies: Studies
  beforeEach(() => {
    bench = openBench()
    studies = new Studies(bench.store, bench.trainer)
  })
  afterEach(() => {
    studies.close()
    bench.close()
  })
  const progress = () => studies.progress(SMALL, 'full')

  it('queues its first stage, and nothing twice', () => {
    expect(progress()).toMatchObject({ runs: 3, done: 0, active: 0, learnSteps: { dqn: 40 }, stage: { number: 1, of: 2 } })
    const runs = studies.start(SMALL, 'full')
    expect(runs).toHaveLength(2)
    expect(studies.start(SMALL, 'full')).toEqual(runs)
    expect(bench.trainer.queued.map((specs) => specs.map(({ seed }) => seed))).toEqual([[1, 2]])
    expect(progress()).toMatchObject({ active: 2, isFollowed: true })
  })

  it('goes from stage to stage by itself', async () => {
    for (const id of studies.start(SMALL, 'full')) bench.end(id)
    await expect.poll(() => bench.trainer.queued.at(-1)?.map(({ algorithm }) => algorithm)).toEqual(['optimum'])
    const [last] = bench.store.runs.list().slice(-1)
    bench.end(last.id)
    await expect.poll(() => progress().isFollowed).toBe(false)
    expect(progress()).toMatchObject({ done: 3, active: 0, learnSteps: {}, workerSeconds: 6, endedAt: 5000 })
    expect(studies.start(SMALL, 'full')).toEqual([])
  })

  it('starts only what is missing: runs that ended are found, wherever they came from', () => {
    const [first] = studyPlanOf(SMALL, 'full')[0].runs
    const { runs } = bench.trainer.enqueue([first.spec], { name: 'by hand' })
    bench.end(runs[0])
    expect(progress().done).toBe(1)
    studies.start(SMALL, 'full')
    expect(bench.trainer.queued.at(-1)?.map(({ seed }) => seed)).toEqual([2])
  })

  it('uses the run that stands in it, misses it while it is in the bin, and has no need of it once another stands there', () => {
    const wanted = (id: string) => studies.wanting([id], [SMALL]).length > 0
    const [first] = studyPlanOf(SMALL, 'full')[0].runs
    const [run] = bench.trainer.enqueue([first.spec], { name: 'by hand' }).runs
    const [other] = bench.trainer.enqueue([{ ...first.spec, seed: 9 }], { name: 'another' }).runs
    for (const id of [run, other]) bench.end(id)
    expect([wanted(run), wanted(other)]).toEqual([true, false])
    bench.store.runs.update(run, { deletedAt: 6000 })
    expect([progress().done, wanted(run)]).toEqual([0, true])
    const [again] = bench.trainer.enqueue([first.spec], { name: 'again' }).runs
    bench.end(again)
    expect([progress().done, wanted(run), wanted(again)]).toEqual([1, false, true])
  })

  it('takes no run for another: seed, parameters and held-out workflows must be the same', () => {
    const [{ spec }] = studyPlanOf(SMALL, 'full')[0].runs
    const others = [
      { ...spec, seed: 9 },
      { ...spec, parameters: { ...spec.parameters, batch: 7 } },
      { ...spec, heldOut: 3 },
      { ...spec, scenario: { ...spec.scenario, objective: { ...spec.scenario.objective, energyWeight: 0.3 } } }
    ]
    for (const id of bench.trainer.enqueue(others, { name: 'others' }).runs) bench.end(id)
    expect(progress().done).toBe(0)
  })

  it('resumes what was paused, and waits where a run was cancelled or lost', async () => {
    const runs = studies.start(SMALL, 'full')
    studies.stop(SMALL, 'full')
    expect(bench.trainer.paused).toEqual(runs)
    expect(progress()).toMatchObject({ stopped: 2, isFollowed: false })
    studies.start(SMALL, 'full')
    expect(bench.trainer.resumed).toEqual(runs)
    bench.end(runs[0])
    bench.move(runs[1], 'failed')
    await expect.poll(() => progress().isFollowed).toBe(false)
    expect(progress()).toMatchObject({ done: 1, stopped: 1 })
    expect(bench.trainer.queued).toHaveLength(1)
  })

  it('trains a point again; the newer takes its place when it has ended', () => {
    const runs = studies.start(SMALL, 'full')
    for (const id of runs) bench.end(id, 0.02)
    const [again] = studies.again([runs[0]])
    const rowOf = () => studies.find(SMALL, 'full')[0].runs[0].row
    expect(rowOf()?.id).toBe(runs[0])
    bench.end(again, 0.01)
    expect(rowOf()?.id).toBe(again)
  })
})
