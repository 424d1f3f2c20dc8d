import { type RandomStream, randomStream } from './random'
import { type Topology, atRate } from './topology'
import type { Range } from './workload'

/**
 * A continuous family of topologies around one: every bandwidth, speed and energy is multiplied by e to a number drawn evenly from ±
 * what is given here, each link and node on its own.
 */
export interface EnvironmentFamily {
  around: Topology
  /** Topologies drawn from it. */
  members: number
  seed: number
  bandwidth: number
  serverSpeed: number
  deviceSpeed: number
  energy: number
  /** δ of each member, drawn evenly; the scenario's own where it is left out. */
  energyWeight?: Range
}

/** Environments that one policy is to serve: named topologies, a family, or both. All have the same number of places K. */
export interface EnvironmentSet {
  name: string
  note?: string
  topologies: Topology[]
  family?: EnvironmentFamily
}

/** One environment of a set. */
interface SetMember {
  topology: Topology
  /** δ instead of the scenario's own. */
  energyWeight?: number
}

/** One member of a family. Draw order (part of the format): nodes' speed and energy in their order, bandwidths in theirs, δ. */
function drawMember(family: EnvironmentFamily, name: string, random: RandomStream): SetMember {
  const vary = (value: number, spread: number) => value * Math.exp(random.between(-spread, spread))
  const { around } = family
  const nodes = around.nodes.map((node) => ({
    ...node,
    computeMHz: vary(node.computeMHz, node.tier === 'device' ? family.deviceSpeed : family.serverSpeed),
    energyPerMegacycle: vary(node.energyPerMegacycle, family.energy)
  }))
  const links = around.links.map((link) => atRate(link, vary(link.bandwidthMBps, family.bandwidth)))
  const topology = { ...around, name, nodes, links }
  return family.energyWeight ? { topology, energyWeight: random.between(...family.energyWeight) } : { topology }
}

/** Every environment of a set, named ones first; the same for the same set. */
export function membersOf({ topologies, family }: EnvironmentSet): SetMember[] {
  const named = topologies.map((topology): SetMember => ({ topology }))
  if (!family) return named
  const random = randomStream(family.seed, 'environment')
  const drawn = Array.from({ length: family.members }, (_, i) => drawMember(family, `${family.around.name}, variant ${i + 1}`, random))
  return [...named, ...drawn]
}
