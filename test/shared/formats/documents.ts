/** Documents that every reader accepts; tests break copies of them. */

export const topology = () => ({
  format: 'dmro-topology/1',
  name: 'house',
  note: 'measured on a Tuesday',
  nodes: [
    { id: 'phone', tier: 'device', computeMHz: 4000, energyPerMegacycle: 0.001, position: { x: 0, y: -8.5 } },
    { id: 'router', tier: 'edge', computeMHz: 12_000, energyPerMegacycle: 0.0005, relays: false },
    { id: 'rack', tier: 'cloud', computeMHz: 40_000, energyPerMegacycle: 0.0004, relays: true },
    { id: 'cellar', tier: 'edge', computeMHz: 9000, energyPerMegacycle: 0 }
  ],
  links: [
    { from: 'phone', to: 'router', bandwidthMBps: 1, latencyMs: 2.5 },
    { from: 'rack', to: 'router', bandwidthMBps: 8, latencyMs: 0 },
    { from: 'phone', to: 'rack', bandwidthMBps: 0.5, latencyMs: 20 }
  ]
})

export const workload = () => ({
  format: 'dmro-workload/1',
  name: 'two workflows',
  workflows: [
    {
      id: 'w1',
      device: 'phone',
      tasks: [
        { id: 't1', megacycles: 5000 },
        { id: 't2', megacycles: 90_000 }
      ],
      flows: [
        { from: '@input', to: 't1', megabytes: 80 },
        { from: 't1', to: 't2', megabytes: 20 },
        { from: 't2', to: '@output', megabytes: 12 }
      ]
    },
    { id: 'w2', device: 'phone', tasks: [{ id: 'alone', megacycles: 0 }], flows: [] }
  ]
})

export const generated = () => ({
  format: 'dmro-workload/1',
  name: 'drawn',
  generator: { users: 2, workflowsPerUser: 3, tasks: 4, firstMegabytes: [5, 6], laterMegabytes: [1, 2], megacycles: [10, 10] },
  seed: 7
})

export const objective = () => ({ energyWeight: 0.5, edgeEnergyWeight: 0.9, cloudEnergyWeight: 0.8, scaling: 'none', countReturn: false })

export const scenario = () => ({
  format: 'dmro-scenario/1',
  name: 'evening',
  topology: topology(),
  workload: workload(),
  objective: objective()
})

/** Of the second versions: every field that came with them. */
export const sharedTopology = () => {
  const { nodes, links, ...head } = topology()
  return {
    ...head,
    format: 'dmro-topology/2',
    nodes: [{ ...nodes[0], transmitWatts: 1.2, receiveWatts: 0.8 }, { ...nodes[1], cores: 4 }, ...nodes.slice(2)],
    links: [{ ...links[0], backBandwidthMBps: 3 }, ...links.slice(1)]
  }
}

export const sharedWorkload = () => ({
  format: 'dmro-workload/2',
  name: 'a batch',
  workflows: [
    {
      id: 'w1',
      device: 'phone',
      tasks: [
        { id: 't1', megacycles: 5000, uploadMegabytes: 80, resultMegabytes: 0 },
        { id: 't2', megacycles: 90_000, uploadMegabytes: 20, resultMegabytes: 12 }
      ],
      flows: [
        { from: '@input', to: 't1', megabytes: 80 },
        { from: '@input', to: 't1', megabytes: 8 },
        { from: 't1', to: 't2', megabytes: 20 },
        { from: 't1', to: 't2', megabytes: 1 }
      ],
      deadlineSeconds: 60
    },
    { id: 'w2', device: 'phone', tasks: [{ id: 'alone', megacycles: 0 }], flows: [], releaseSeconds: 4.5 }
  ]
})

export const sharedGenerated = () => ({
  ...generated(),
  format: 'dmro-workload/2',
  generator: {
    ...generated().generator,
    graph: { fat: [0.5, 0.7], density: [0.4, 0.8], flows: 'full' },
    together: 3,
    gapSeconds: 2.5
  }
})

export const sharedScenario = () => ({
  format: 'dmro-scenario/2',
  name: 'rush hour',
  topology: sharedTopology(),
  workload: sharedWorkload(),
  objective: objective(),
  execution: 'shared'
})

export const roundTripScenario = () => ({
  format: 'dmro-scenario/2',
  name: 'there and back',
  topology: { ...topology(), nodes: topology().nodes.slice(0, 2), links: topology().links.slice(0, 1) },
  workload: { ...sharedWorkload(), workflows: sharedWorkload().workflows.slice(0, 1) },
  objective: objective(),
  execution: 'round-trip'
})

export const experiment = () => ({
  format: 'dmro-experiment/1',
  name: 'rivals at home',
  note: 'three seeds',
  scenarios: [scenario(), { ...scenario(), name: 'drawn', workload: generated() }],
  algorithms: [
    { id: 'dmro', parameters: { units: [2, 5], reward: 'cost' } },
    { id: 'greedy', parameters: {} }
  ],
  seeds: [1, 2, 3],
  heldOut: 50,
  split: 0.25
})

export const wfcommons = () => ({
  name: 'tiny',
  schemaVersion: '1.5',
  workflow: {
    specification: {
      tasks: [
        { name: 'a', id: 'a', parents: [], children: ['b'], inputFiles: ['raw', 'settings'], outputFiles: ['half', 'log'] },
        { name: 'b', id: 'b', parents: ['a'], children: [], inputFiles: ['half'], outputFiles: ['whole'] }
      ],
      files: [
        { id: 'raw', sizeInBytes: 4_000_000 },
        { id: 'settings', sizeInBytes: 500_000 },
        { id: 'half', sizeInBytes: 2_000_000 },
        { id: 'log', sizeInBytes: 1000 },
        { id: 'whole', sizeInBytes: 1_000_000 }
      ]
    },
    execution: {
      tasks: [
        { id: 'a', runtimeInSeconds: 2, machines: ['fast'] },
        { id: 'b', runtimeInSeconds: 3, machines: ['slow'] }
      ],
      machines: [
        { nodeName: 'fast', cpu: { speedInMHz: 3000 } },
        { nodeName: 'slow', cpu: { speedInMHz: 1000 } }
      ]
    }
  }
})

type Editable = Record<string | number, unknown>

/** A document with the value at `keys` replaced; removed where `value` is undefined. */
export function broken<T extends object>(document: T, keys: readonly (string | number)[], value: unknown): T {
  const target = keys.slice(0, -1).reduce<Editable>((inner, key) => inner[key] as Editable, document as unknown as Editable)
  const last = keys[keys.length - 1]
  if (value === undefined && !Array.isArray(target)) delete target[last]
  else target[last] = value
  return document
}
