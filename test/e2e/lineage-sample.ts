import { readTopology, readWorkload, LIBRARY_VERSION } from '@shared/formats'
import type { RunSource, Store } from '../../src/main/store'
import { DEFAULT_OBJECTIVE } from '@shared/model/objective'
import type { Scenario } from '@shared/model/scenario'
import { CAMPUS, SENSORS } from './documents'

const held = (id: string, version: number, name: string) => ({ format: LIBRARY_VERSION, id, version, name })

/** A campus in three versions, rounds of sensors in two, two experiments on them, their runs, and comparisons of these. */
export function fillLineage(store: Store) {
  const now = Date.UTC(2026, 10, 26, 9)
  const hours = (n: number) => now + n * 3_600_000
  const save = (kind: 'topology' | 'workload' | 'experiment', content: { name: string }, at: number) =>
    store.library.insert({ kind, name: content.name, content, facts: {}, faults: 0 }, at).id
  const add = (id: string, content: object, at: number, note?: string) => store.library.add(id, { content, facts: {}, faults: 0, note }, at)

  const campus = save('topology', CAMPUS[0], now)
  add(campus, CAMPUS[1], hours(4), 'a public cloud')
  const faster = {
    ...CAMPUS[1],
    nodes: CAMPUS[1].nodes.map((node) => ((node as { id?: string }).id === 'library-edge' ? { ...node, computeMHz: 32_000 } : node))
  }
  add(campus, faster, hours(30), 'two cores at the edge')
  const rounds = save('workload', SENSORS, hours(1))
  add(rounds, { ...SENSORS, seed: 12 }, hours(28))

  const plan = (name: string, version: number, work: number, algorithms: string[]) => ({
    format: 'dmro-experiment/1',
    name,
    scenarios: [
      {
        format: 'dmro-scenario/1',
        name: 'Campus',
        topology: held(campus, version, 'Campus'),
        workload: held(rounds, work, 'Sensor rounds')
      }
    ],
    algorithms: algorithms.map((id) => ({ id, parameters: {} })),
    seeds: [1, 2, 3],
    heldOut: 20,
    split: 0
  })
  const rivals = save('experiment', plan('Rivals on campus', 2, 1, ['dmro-plus', 'dqn', 'local-only']), hours(5))
  add(rivals, plan('Rivals on campus', 3, 2, ['dmro-plus', 'dqn', 'local-only', 'greedy']), hours(31))
  const energy = save('experiment', plan('Energy on campus', 2, 2, ['dmro-plus']), hours(29))
  const named = save(
    'experiment',
    {
      ...plan('By name', 1, 1, ['greedy']),
      scenarios: [{ format: 'dmro-scenario/1', name: 'day', topology: 'Campus', workload: 'paper' }]
    } as { name: string },
    hours(32)
  )

  const documents = [CAMPUS[0], CAMPUS[1], faster].map((content) => readTopology(content))
  const workloads = [SENSORS, { ...SENSORS, seed: 12 }].map((content) => readWorkload(content))
  const scenario = (version: number, work: number): Scenario => {
    const [topology, workload] = [documents[version - 1], workloads[work - 1]]
    if (!topology.ok || !workload.ok) throw new Error('the sample cannot be read')
    return { name: 'Campus', topology: topology.value, workload: workload.value, objective: DEFAULT_OBJECTIVE }
  }
  const run = (
    experiment: string,
    id: string,
    at: number,
    [version, work, saved]: [number, number, number],
    algorithms: string[]
  ): string[] => {
    const sources: RunSource[] = [
      { kind: 'topology', document: campus, version },
      { kind: 'workload', document: rounds, version: work },
      { kind: 'experiment', document: id, version: saved }
    ]
    const world = scenario(version, work)
    const runs = algorithms.flatMap((algorithm) =>
      [1, 2, 3].map((seed) => ({
        spec: { scenario: world, algorithm, parameters: {}, seed, heldOut: 20, split: 0 },
        totalLearnSteps: 0,
        sources
      }))
    )
    const ids = store.addExperiment({ name: experiment }, runs, at).runs
    for (const each of ids) store.runs.update(each, { status: 'completed', startedAt: at, endedAt: at + 60_000, seconds: 60 })
    return ids
  }
  const first = run('Rivals on campus', rivals, hours(6), [2, 1, 1], ['dmro-plus', 'dqn', 'local-only'])
  const second = run('Rivals on campus', rivals, hours(33), [3, 2, 2], ['dmro-plus', 'dqn', 'local-only', 'greedy'])
  const third = run('Energy on campus', energy, hours(34), [2, 2, 1], ['dmro-plus'])
  store.comparisons.save({ name: 'Edges, one core or two', runs: [...first.slice(0, 6), ...second.slice(0, 6)], look: {} }, hours(35))
  store.comparisons.save({ name: 'Rivals', runs: second, look: {} }, hours(36))
  return { campus, rounds, rivals, energy, named, first, second, third }
}
