import { EXPERIMENT, TOPOLOGY } from '@shared/formats'

// What the sample lab holds beside its runs: documents as a researcher would have made them.

const node = (id: string, tier: string, computeMHz: number, energyPerMegacycle: number, x: number, y: number, group?: string) => ({
  id,
  tier,
  computeMHz,
  energyPerMegacycle,
  ...(group !== undefined && { group }),
  position: { x, y }
})
const link = (from: string, to: string, bandwidthMBps: number, latencyMs: number) => ({ from, to, bandwidthMBps, latencyMs })

const CAMPUS_NODES = [
  node('camera', 'device', 3200, 0.0012, 0, 0, 'Library'),
  node('tablet', 'device', 4000, 0.001, 0, 112, 'Library'),
  node('robot', 'device', 5200, 0.0009, 0, 288, 'Workshop'),
  node('library-edge', 'edge', 16_000, 0.0006, 296, 56, 'Library'),
  node('workshop-edge', 'edge', 24_000, 0.00055, 296, 288, 'Workshop'),
  node('campus-cloud', 'cloud', 48_000, 0.0005, 592, 56),
  node('public-cloud', 'cloud', 96_000, 0.00045, 592, 288)
]
const CAMPUS_LINKS = [
  link('camera', 'library-edge', 1.2, 2),
  link('tablet', 'library-edge', 0.8, 3),
  link('robot', 'workshop-edge', 2, 1),
  link('library-edge', 'workshop-edge', 6, 4),
  link('library-edge', 'campus-cloud', 10, 8),
  link('workshop-edge', 'public-cloud', 3, 24)
]

const topology = (name: string, nodes: readonly object[], links: readonly object[], note?: string) => ({
  format: TOPOLOGY,
  name,
  ...(note !== undefined && { note }),
  nodes,
  links
})

/** Two sites and two clouds, in the versions it went through. */
export const CAMPUS = [
  topology(
    'Campus',
    CAMPUS_NODES.filter(({ id }) => id !== 'public-cloud').map((each) =>
      each.id === 'library-edge' ? { ...each, computeMHz: 12_000 } : each
    ),
    CAMPUS_LINKS.filter(({ to }) => to !== 'public-cloud'),
    'Two buildings and what they share.'
  ),
  topology('Campus', CAMPUS_NODES, CAMPUS_LINKS, 'Two buildings and what they share.')
]

/** Faults of several kinds: a link that carries nothing, two nodes of one name, a device without a way. */
export const UNFINISHED = topology(
  'Campus, unfinished',
  [
    node('camera', 'device', 3200, 0.0012, 0, 0),
    node('tablet', 'device', 4000, 0.001, 0, 144),
    node('edge', 'edge', 16_000, 0.0006, 352, 0),
    node('edge', 'edge', 0, 0.0006, 352, 144),
    node('cloud', 'cloud', 48_000, 0.0005, 704, 72)
  ],
  [link('camera', 'edge', 0, 2), link('edge', 'cloud', 10, 8)]
)

/** Hand-written: one workflow a frame of a camera. */
export const VIDEO = {
  format: 'dmro-workload/1',
  name: 'Video analytics',
  note: 'One workflow a clip: decode, detect, track, describe.',
  workflows: ['clip-1', 'clip-2', 'clip-3'].map((id, i) => ({
    id,
    device: 'device',
    tasks: [
      { id: 'decode', megacycles: 4000 + 800 * i },
      { id: 'detect', megacycles: 62_000 - 9000 * i },
      { id: 'track', megacycles: 21_000 + 2500 * i },
      { id: 'describe', megacycles: 38_000 }
    ],
    flows: [
      { from: '@input', to: 'decode', megabytes: 84 - 12 * i },
      { from: 'decode', to: 'detect', megabytes: 46 },
      { from: 'detect', to: 'track', megabytes: 18 },
      { from: 'track', to: 'describe', megabytes: 12 },
      { from: 'describe', to: '@output', megabytes: 2 }
    ]
  }))
}

/** Drawn by numbers and a seed. */
export const SENSORS = {
  format: 'dmro-workload/1',
  name: 'Sensor rounds',
  generator: { users: 6, workflowsPerUser: 4, tasks: 8, firstMegabytes: [20, 60], laterMegabytes: [5, 30], megacycles: [2000, 60_000] },
  seed: 11
}

/** Not started: what the planner is looked at with. */
export const PLAN = {
  format: EXPERIMENT,
  name: 'Weight of energy on two edges',
  scenarios: ['one-edge-one-cloud', 'two-edges-two-clouds'],
  objective: { energyWeight: [0.2, 0.5] },
  algorithms: [
    { id: 'dmro-plus', parameters: { learnSteps: 4000, units: [5, 10] } },
    { id: 'dqn', parameters: { learningRate: 0.005 } },
    { id: 'optimum', parameters: {} }
  ],
  seeds: [1, 2, 3],
  heldOut: 200,
  split: 0
}
