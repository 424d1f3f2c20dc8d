import Database from 'better-sqlite3'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RunRow } from '@shared/contract/records'
import { DEFAULT_OBJECTIVE } from '@shared/model/objective'
import { groupRuns } from '@shared/run/grouping'
import { runKey } from '@shared/run/identity'
import type { RunSpec } from '@shared/run/spec'
import { DamagedRecordError, scenarioIdOf, worldIdOf, UnknownRunError } from '../../../src/main/store'
import { addRuns, openedStore, sampleEvaluation, sampleScenario, sampleSpec, temporaryHome } from './samples'

describe('a run', () => {
  it('comes back whole after the lab was closed', () => {
    const home = temporaryHome()
    const store = openedStore(home)
    const [id] = addRuns(store)
    const machine = {
      app: '0.1.0',
      node: '24',
      platform: 'linux',
      cpu: 'c',
      cpuFlags: 'avx',
      backend: 'native',
      library: '1.15',
      tfjs: '4.22',
      threads: 1
    }
    store.runs.update(id, {
      status: 'completed',
      learnSteps: 100,
      seconds: 1.5,
      startedAt: 2000,
      endedAt: 3000,
      latest: { gap: Number.NaN, speed: 9 },
      machine
    })
    store.setEvaluation(id, sampleEvaluation())
    store.policies.put(id, Uint8Array.of(1, 2, 3))
    store.checkpoints.put(id, { learnSteps: 50, seconds: 0.75, state: Uint8Array.of(9) })
    store.attempts.put(id, { attempt: 1, fromStep: 0, machine })
    store.log.add(id, { at: 2000, level: 'info', text: 'Started.' })
    store.close()

    const again = openedStore(home)
    const { gaps: _, costs: __, ...summary } = sampleEvaluation()
    const row: RunRow = {
      id,
      experimentId: 1,
      experiment: 'trial',
      scenarioId: scenarioIdOf(sampleScenario()),
      scenario: 'one edge',
      topology: 'one edge',
      scenarioNote: 'Its numbers are assumed.',
      facts: { energyWeight: 0.2, locations: 2, tasks: 10 },
      world: worldIdOf(sampleScenario()),
      alike: again.runs.row(id)?.alike ?? '',
      algorithm: 'dmro',
      parameters: { learnSteps: 100 },
      seed: 1,
      sources: { topology: { name: 'one edge' }, workload: { name: 'paper' } },
      status: 'completed',
      learnSteps: 100,
      totalLearnSteps: 100,
      seconds: 1.5,
      queuedAt: 1000,
      startedAt: 2000,
      endedAt: 3000,
      latest: { gap: Number.NaN, speed: 9 },
      evaluation: summary
    }
    expect(again.runs.row(id)).toEqual(row)
    expect(RunRow.parse(again.runs.row(id))).toEqual(row)
    expect(again.detail(id)).toEqual({
      row,
      spec: sampleSpec(),
      machine,
      attempts: [{ attempt: 1, fromStep: 0, machine }],
      curves: [],
      log: [{ at: 2000, level: 'info', text: 'Started.' }]
    })
    expect(again.evaluation(id)).toEqual(sampleEvaluation())
    expect(again.policies.get(id)).toEqual(Buffer.of(1, 2, 3))
    expect(again.checkpoints.get(id)).toEqual({ learnSteps: 50, seconds: 0.75, state: Buffer.of(9) })
    expect(again.experiments.get(1)).toMatchObject({ name: 'trial', document: { format: 'dmro-experiment/1' } })
    expect(again.verify()).toEqual([])
  })

  it('is told what its gap curve comes to as a whole, once there is an evaluation', () => {
    const store = openedStore()
    const [id] = addRuns(store, 1)
    store.curves.append(id, { metric: 'gap', steps: Float64Array.of(0, 50, 100), values: Float64Array.of(1, 0.2, 0.4) })
    store.fillCourse(id)
    expect(store.runs.row(id)?.evaluation).toBeUndefined()
    store.setEvaluation(id, sampleEvaluation())
    store.fillCourse(id)
    expect(store.runs.row(id)?.evaluation?.course).toMatchObject({ bestGap: 0.2, bestStep: 50 })
    expect(store.runs.row(id)?.evaluation?.course?.meanGap).toBeCloseTo(0.45, 12)
  })

  it('tells when workers had it in hand, by the clock, attempt by attempt', () => {
    const store = openedStore()
    const [id, other] = addRuns(store, 2)
    const machine = {
      app: '0',
      node: '24',
      platform: 'linux',
      cpu: 'c',
      cpuFlags: '',
      backend: 'native',
      library: '1',
      tfjs: '4',
      threads: 1
    }
    store.attempts.put(id, { attempt: 1, fromStep: 0, machine, beganAt: 1000 })
    expect(store.attempts.spans([id])).toEqual([])
    store.attempts.end(id, 1, 3000)
    store.attempts.end(id, 1, 9000)
    store.attempts.put(id, { attempt: 2, fromStep: 10, machine, beganAt: 5000 })
    store.attempts.end(id, 2, 6000)
    expect(store.attempts.spans([id, other])).toEqual([
      [1000, 3000],
      [5000, 6000]
    ])
  })

  it('shares its scenario with every run of the same content', () => {
    const store = openedStore()
    const ids = addRuns(store, 3)
    expect(new Set(store.runs.rows(ids).map((row) => row.scenarioId)).size).toBe(1)
    const { name, ...rest } = sampleScenario()
    expect(scenarioIdOf({ ...rest, name })).toBe(scenarioIdOf(sampleScenario()))
    expect(scenarioIdOf(sampleScenario('another'))).not.toBe(scenarioIdOf(sampleScenario()))
  })

  it('is alike others but for the seed if each starts from what a run of its own seed has learned, and from one policy apart from them', () => {
    const store = openedStore()
    const add = (spec: RunSpec) => store.addExperiment({ name: 'starts' }, [{ spec, totalLearnSteps: 1 }], 1).runs[0]
    const from = (seed: number, name?: string, policy?: string): RunSpec => ({
      ...sampleSpec(seed, { learnSteps: 50 }),
      ...(name !== undefined && { initialWeights: { name, policy } })
    })
    const there = { ...sampleScenario('elsewhere'), objective: { ...DEFAULT_OBJECTIVE, energyWeight: 0.9 } }
    const learned = [1, 2].map((seed) => add(sampleSpec(seed)))
    const elsewhere = [1, 2].map((seed) => add({ ...sampleSpec(seed), scenario: there }))
    const own = [1, 2].map((seed) => add(from(seed, learned[seed - 1], `of ${seed}`)))
    const other = [1, 2].map((seed) => add(from(seed, elsewhere[seed - 1], `there ${seed}`)))
    const same = [1, 2].map((seed) => add(from(seed, 'one policy', 'of all')))
    const random = [1, 2].map((seed) => add(from(seed)))
    const crossed = add(from(2, learned[0], 'of 1'))
    const groups = groupRuns(store.runs.rows([own, other, same, random, [crossed]].flat()))
    expect(groups.map(({ runs, initialWeights }) => ({ runs, initialWeights }))).toEqual([
      { runs: own, initialWeights: 'dmro in one edge' },
      { runs: other, initialWeights: 'dmro in elsewhere' },
      { runs: same, initialWeights: 'one policy' },
      { runs: random, initialWeights: undefined },
      { runs: [crossed], initialWeights: learned[0] }
    ])
    // What is asked for again is known, whatever came of its weights.
    const keys = store.runs.rows(own).map(({ alike, seed }) => runKey(alike, seed))
    expect([1, 2].map((seed) => store.runs.keyOf(from(seed, learned[seed - 1], 'other bits'), worldIdOf(sampleScenario())))).toEqual(keys)
  })

  it('that is not there is said not to be', () => {
    const store = openedStore()
    expect(store.runs.row('00000000')).toBeUndefined()
    expect(store.detail('00000000')).toBeUndefined()
    expect(() => store.runs.update('00000000', { learnSteps: 1 })).toThrow(UnknownRunError)
    expect(() => store.curves.read('00000000', 'loss')).toThrow('There is no run 00000000.')
  })

  it('whose record was damaged stays in the list and says so', () => {
    const home = temporaryHome()
    const store = openedStore(home)
    const [id, other] = addRuns(store, 2)
    store.runs.update(id, { status: 'completed' })
    store.close()
    const sqlite = new Database(join(home, 'lab.sqlite'))
    sqlite.prepare('update run set seconds = 99 where number = 1').run()
    sqlite.close()
    const again = openedStore(home)
    expect(again.runs.list().map((row) => [row.id, row.status])).toEqual([
      [id, 'failed'],
      [other, 'interrupted']
    ])
    expect(again.runs.row(id)?.message).toContain('damaged')
    expect(() => again.runs.state(id)).toThrow(DamagedRecordError)
    expect(again.verify()).toEqual([`The stored record of run ${id} is damaged: its checksum does not match.`])
  })
})

describe('opening', () => {
  it('marks runs that a program left running or queued as interrupted, and says so in their log', () => {
    const home = temporaryHome()
    const store = openedStore(home)
    const [running, queued, paused] = addRuns(store, 3)
    store.runs.update(running, { status: 'running' })
    store.runs.update(paused, { status: 'paused' })
    store.close()
    const again = openedStore(home, { now: () => 7000 })
    expect(again.recovery.interrupted).toEqual([running, queued])
    expect(again.runs.rows([running, queued, paused]).map((row) => row.status)).toEqual(['interrupted', 'interrupted', 'paused'])
    expect(again.log.of(running)).toEqual([
      {
        at: 7000,
        level: 'warning',
        text: 'The program ended while the run was training; it continues from its last checkpoint when resumed.'
      }
    ])
  })

  it('lists thousands of runs, oldest first', () => {
    const store = openedStore()
    const ids = addRuns(store, 2000)
    for (const id of ids.slice(0, 200)) store.setEvaluation(id, sampleEvaluation())
    expect(store.runs.list().map((row) => row.id)).toEqual(ids)
  })
})
