/**
 * The worlds of the studies as documents. Tables II–IV of our copy lack their numbers: all of these are assumed, chosen so
 * that no single place is optimal and that forbidding any one of them costs something.
 */
const NOTE =
  'Assumed numbers: the published tables of the environment lack them. Two places communicate over the link that joins them, eq. (4): edges and clouds relay nothing.'

/** GHz of device, edge and cloud; MB/s device–edge, device–cloud, edge–cloud; mJ a megacycle of device, edge and cloud. */
type Numbers = readonly [speeds: readonly number[], bandwidths: readonly number[], energies: readonly number[]]

/**
 * @paper Tables II, III, IV: The numbers of these tables are missing in the text we have; the presets and these environments are assumed.
 */
const META: Readonly<Record<string, Numbers>> = {
  'meta-m1': [
    [4, 12, 40],
    [1, 0.5, 8],
    [1, 0.5, 0.4]
  ],
  'meta-m2': [
    [3, 12, 27],
    [0.9, 0.65, 10],
    [1, 0.35, 0.33]
  ],
  'meta-m3': [
    [5, 17, 41],
    [0.75, 0.3, 7],
    [1, 0.45, 0.25]
  ],
  'meta-m4': [
    [4, 9, 53],
    [1.2, 0.6, 7.5],
    [1, 0.36, 0.47]
  ],
  'meta-m5': [
    [4, 7, 44],
    [0.7, 0.37, 13],
    [1, 0.56, 0.3]
  ],
  'meta-t1': [
    [4, 9.6, 40],
    [0.58, 0.29, 8.3],
    [1, 0.5, 0.6]
  ],
  'meta-t2': [
    [4.8, 21, 66],
    [0.93, 0.3, 6.7],
    [1, 0.5, 0.35]
  ]
}

/** Training and test environments of Table IV's place. */
export const META_TRAINING = ['meta-m1', 'meta-m2', 'meta-m3', 'meta-m4', 'meta-m5'] as const
/** M1 to M5 as one environment set. */
export const META_TRAINING_SET = { format: 'dmro-environments/1', name: 'M1 to M5', note: NOTE, topologies: META_TRAINING }
export const META_TEST = ['meta-t1', 'meta-t2'] as const

const kilo = (value: number) => Number((value * 1000).toPrecision(12))
const milli = (value: number) => Number((value / 1000).toPrecision(12))

function metaTopology(id: string, [speeds, bandwidths, energies]: Numbers): { id: string; document: object } {
  const node = (name: string, tier: string, i: number, position: object) => ({
    id: name,
    tier,
    computeMHz: kilo(speeds[i]),
    energyPerMegacycle: milli(energies[i]),
    ...(tier !== 'device' && { relays: false }),
    position
  })
  const link = (from: string, to: string, i: number) => ({ from, to, bandwidthMBps: bandwidths[i], latencyMs: 0 })
  const [, kind, number] = /^meta-([mt])(\d)$/.exec(id) ?? []
  return {
    id,
    document: {
      format: 'dmro-topology/1',
      name: `meta-learning, ${kind === 'm' ? 'training' : 'test'} environment ${kind?.toUpperCase()}${number}`,
      note: NOTE,
      nodes: [
        node('device', 'device', 0, { x: 0, y: 96 }),
        node('edge', 'edge', 1, { x: 320, y: 0 }),
        node('cloud', 'cloud', 2, { x: 640, y: 96 })
      ],
      links: [link('device', 'edge', 0), link('device', 'cloud', 1), link('edge', 'cloud', 2)]
    }
  }
}

/** The topologies that meta-learning trains and is tested on, made of one table of numbers. */
export const META_TOPOLOGIES: readonly { id: string; document: object }[] = Object.entries(META).map(([id, numbers]) =>
  metaTopology(id, numbers)
)

/** The weights of energy, δ, of Figs. 6 and 9. */
export const ENERGY_WEIGHTS = [0, 0.2, 0.4, 0.6, 0.8, 1] as const

/** The scenarios that come with the lab under the name of their topology: they stand for themselves at their δ. */
const PRESET_WEIGHT = 0.2
const PRESET_SCENARIOS: readonly string[] = ['one-edge-one-cloud', 'two-edges-two-clouds']

export function scenarioName(topology: string, energyWeight: number): string {
  return energyWeight === PRESET_WEIGHT ? topology : `${topology}, δ ${energyWeight}`
}

/** The topology in a scenario's name. */
export const worldOf = (scenario: string) => scenario.split(', δ ')[0]

/** A topology under the paper's workload and a weight of energy, by its name where it comes with the lab. */
export function scenarioAt(topology: string, energyWeight: number = PRESET_WEIGHT): object | string {
  const name = scenarioName(topology, energyWeight)
  if (PRESET_SCENARIOS.includes(name)) return name
  return { format: 'dmro-scenario/1', name, topology, workload: 'paper', objective: { energyWeight } }
}
