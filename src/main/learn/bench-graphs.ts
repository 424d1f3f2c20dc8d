import { exact } from '@shared/model/search/exact'
import { Annealing } from '@shared/model/search/annealing'
import { planBy } from '@shared/model/search/rules'
import { searched } from '@shared/model/search/search'
import { pilotPlan } from '@shared/model/search/pilot'
import { randomStream } from '@shared/model/random'
import type { Scenario } from '@shared/model/scenario'
import type { Topology } from '@shared/model/topology'
import { isGenerated } from '@shared/model/workload'
import { readScenario } from '@shared/formats'
import { presetOf } from '@shared/presets'
import { planByValues } from './batches/beam'
import { AHEAD, featureCount } from './batches/features'
import { PlainValue } from './batches/plain-value'
import { type BatchSight, compileBatchProblem } from './batches/problem'
import { initialWeights } from './network'

/** Times of graphs that share machines on this machine, on one core. */
export interface GraphBench {
  worlds: GraphTimes[]
  /** What proving takes: tasks, places, how many graphs of how many were proven, and seconds – the median and the 19th of 20. */
  exact: { tasks: number; places: number; graphs: number; proven: number; withinSecond: number; medianSeconds: number; p95Seconds: number }
  /** Microseconds of an evaluation by what grows. */
  growth: { what: 'N' | 'M' | 'K' | 'density'; value: number; microseconds: number }[]
}

/** Medians over graphs. */
interface GraphTimes {
  scenario: string
  /** Of one placement. */
  evaluationMicroseconds: number
  /** Of 20,000 evaluations. */
  annealingMs: number
  /** Of pilot and of dmro-plus with a beam of 8 states and one network of H 32, nothing annealed. */
  pilotMs: number
  beamMs: number
}

const HIDDEN = 32
const BEAM = 8
const EVALUATIONS = 20_000

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

function msOf(action: () => void): number {
  const began = performance.now()
  action()
  return performance.now() - began
}

function presetScenario(name: string): Scenario {
  const read = readScenario(presetOf(name, 'scenario'), presetOf)
  if (!read.ok) throw new RangeError(`preset ${name}: ${read.faults[0].message}`)
  return read.value
}

function sightsOf(scenario: Scenario, heldOut: number): readonly BatchSight[] {
  return compileBatchProblem({ scenario, heldOut }, { training: 'fresh', jitter: 0 }).heldOut
}

/** A scenario with a generator that is changed. */
function changed(scenario: Scenario, changes: { tasks?: number; together?: number; density?: number; places?: number }): Scenario {
  const { workload, topology } = scenario
  if (!isGenerated(workload) || !workload.generator.graph) throw new RangeError(`scenario "${scenario.name}" has no generator of graphs`)
  const { tasks = workload.generator.tasks, together = workload.generator.together, density, places } = changes
  const graph = { ...workload.generator.graph, ...(density !== undefined && { density: [density, density] as const }) }
  const users = Math.max(workload.generator.users, together ?? 1)
  return {
    ...scenario,
    topology: places === undefined ? topology : withClouds(topology, places),
    workload: { ...workload, generator: { ...workload.generator, tasks, together, users, graph } }
  }
}

/** The topology with as many clouds beside its first as make K places. */
function withClouds(topology: Topology, places: number): Topology {
  const cloud = topology.nodes.findLast(({ tier }) => tier === 'cloud')
  if (!cloud) return topology
  const servers = topology.nodes.filter(({ tier }) => tier !== 'device').length
  const ids = Array.from({ length: Math.max(0, places - 1 - servers) }, (_, i) => `${cloud.id} ${i + 2}`)
  const links = topology.links.filter(({ from, to }) => from === cloud.id || to === cloud.id)
  return {
    ...topology,
    nodes: [...topology.nodes, ...ids.map((id) => ({ ...cloud, id }))],
    links: [
      ...topology.links,
      ...ids.flatMap((id) =>
        links.map((link) => ({ ...link, from: link.from === cloud.id ? id : link.from, to: link.to === cloud.id ? id : link.to }))
      )
    ]
  }
}

/** Random placements, evaluated one after another: microseconds of one. */
function evaluationMicroseconds(sights: readonly BatchSight[], repeats: number): number {
  const random = randomStream(1, 'action')
  return median(
    sights.map(({ model }) => {
      const { decisions, places } = model
      const placements = Array.from({ length: 16 }, () => Uint8Array.from({ length: decisions }, () => random.below(places)))
      const all = () => {
        for (let x = 0; x < repeats; x++) model.total(placements[x % placements.length])
      }
      all()
      return (msOf(all) * 1000) / repeats
    })
  )
}

function timesOf(name: string, repeats: number): GraphTimes {
  const sights = sightsOf(presetScenario(name), 20)
  const inputs = featureCount(sights[0].features.shape, AHEAD)
  const network = { inputs, hidden: HIDDEN, outputs: 1, head: 'plain' } as const
  const networks = [new PlainValue(inputs, HIDDEN, initialWeights(network, randomStream(1, 'init')))]
  // The first passes are not compiled yet.
  const timed = (action: (sight: BatchSight) => void) => {
    for (let pass = 0; pass < 10; pass++) for (const sight of sights) action(sight)
    return median(sights.map((sight) => msOf(() => action(sight))))
  }
  return {
    scenario: name,
    evaluationMicroseconds: evaluationMicroseconds(sights, repeats),
    annealingMs: timed(({ features: { outlook } }) => {
      searched(new Annealing(outlook, { start: planBy(outlook, 'finish'), evaluations: EVALUATIONS, random: randomStream(1, 'action') }))
    }),
    pilotMs: timed(({ features }) => void pilotPlan(features.outlook)),
    beamMs: timed(({ features }) => void planByValues({ features, networks }, BEAM))
  }
}

const GRAPHS = 20

function exactTimes(): GraphBench['exact'] {
  const scenario = changed(presetScenario('shared-1x20'), { tasks: 15 })
  const sights = sightsOf(scenario, GRAPHS)
  const seconds: number[] = []
  let proven = 0
  for (const { features } of sights) {
    const { outlook } = features
    seconds.push(msOf(() => (proven += exact(outlook, { start: pilotPlan(outlook), states: 3_000_000 }).isProven ? 1 : 0)) / 1000)
  }
  const sorted = [...seconds].sort((a, b) => a - b)
  return {
    tasks: 15,
    places: sights[0].model.places,
    graphs: GRAPHS,
    proven,
    withinSecond: seconds.filter((each) => each <= 1).length,
    medianSeconds: median(seconds),
    p95Seconds: sorted[GRAPHS - 2]
  }
}

function growthOf(repeats: number): GraphBench['growth'] {
  const base = presetScenario('shared-4x10')
  const at = (what: GraphBench['growth'][number]['what'], value: number, changes: Parameters<typeof changed>[1]) => ({
    what,
    value,
    microseconds: evaluationMicroseconds(sightsOf(changed(base, changes), 5), repeats)
  })
  return [
    ...[10, 20, 40, 80].map((tasks) => at('N', tasks, { tasks })),
    ...[1, 2, 4].map((together) => at('M', together, { together })),
    ...[3, 5, 9, 17].map((places) => at('K', places, { places })),
    ...[0.2, 0.5, 1].map((density) => at('density', density, { density }))
  ]
}

/** Measures this machine on graphs that share machines. `repeats`: evaluations that one time is of. */
export function benchGraphs(repeats: number): GraphBench {
  return {
    worlds: ['shared-1x20', 'shared-4x10', 'shared-hard'].map((name) => timesOf(name, repeats)),
    exact: exactTimes(),
    growth: growthOf(repeats)
  }
}
