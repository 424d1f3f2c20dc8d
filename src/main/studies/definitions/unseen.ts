import oneEdgeOneCloud from '../../../../resources/presets/one-edge-one-cloud.topology.json'
import twoEdgesTwoClouds from '../../../../resources/presets/two-edges-two-clouds.topology.json'
import { type EnvironmentFamily, membersOf } from '@shared/model/environment-set'
import type { Topology } from '@shared/model/topology'

/** Centres of the families, by their names in the lab, with their number of places K. */
export const CENTRES = { 'one-edge-one-cloud': 3, 'two-edges-two-clouds': 5 } as const
export type Centre = keyof typeof CENTRES

const TOPOLOGIES: Readonly<Record<Centre, object>> = {
  'one-edge-one-cloud': oneEdgeOneCloud,
  'two-edges-two-clouds': twoEdgesTwoClouds
}

type Spread = Pick<EnvironmentFamily, 'bandwidth' | 'serverSpeed' | 'deviceSpeed' | 'energy' | 'energyWeight'>

/** How far members may be from their centre. */
export const SPREADS = {
  family: { bandwidth: 0.7, serverSpeed: 0.7, deviceSpeed: 0.35, energy: 0.5, energyWeight: [0, 1] },
  half: { bandwidth: 0.35, serverSpeed: 0.35, deviceSpeed: 0.18, energy: 0.25, energyWeight: [0, 1] },
  beyond: { bandwidth: 1.1, serverSpeed: 1.1, deviceSpeed: 0.55, energy: 0.8, energyWeight: [0, 1] }
} as const satisfies Record<string, Spread>

/** Seeds of the members: those that policies are trained over, and those they never saw. */
const SEEDS = { training: 1, unseen: 2 } as const

/** dmro-environments/1: the environments a policy is trained over. */
export const trainingSet = (centre: Centre, spread: keyof typeof SPREADS, members = 1000): object => ({
  format: 'dmro-environments/1',
  name: `around ${centre}, ${spread}, ${members} to train over`,
  note: 'The numbers of its centre are assumed.',
  family: { around: centre, members, seed: SEEDS.training, ...SPREADS[spread] }
})

/** The name that all scenarios of one unseen group begin with. */
export const unseenName = (centre: Centre, spread: keyof typeof SPREADS) => `unseen around ${centre}, ${spread}`

/** Scenarios in environments that no policy is trained in, each with its own δ. */
export function unseenScenarios(centre: Centre, spread: keyof typeof SPREADS, members: number): object[] {
  const { format: _, ...around } = TOPOLOGIES[centre] as Topology & { format: string }
  const set = {
    name: centre,
    topologies: [],
    family: { around, members, seed: SEEDS.unseen, ...SPREADS[spread], energyWeight: [0, 1] as [number, number] }
  }
  return membersOf(set).map(({ topology, energyWeight }, i) => {
    const name = `${unseenName(centre, spread)}, ${i + 1}`
    return {
      format: 'dmro-scenario/1',
      name,
      topology: { format: 'dmro-topology/1', ...topology, name },
      workload: 'paper',
      objective: { energyWeight }
    }
  })
}
