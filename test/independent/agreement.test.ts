import { ChainWorld } from '@shared/model/chain-world'
import { readPlacement, readScenario } from '@shared/formats'
import { assess, assessReference } from '@shared/model/assessment'
import { type CompiledScenario, compileScenario, environmentOf } from '@shared/model/scenario'
import { describe, expect, it } from 'vitest'
import { delayAndEnergy, figuresOf, leastCost, type Placement, placesOf, referencesOf, type World } from './reference'
import { dice, randomWorld } from './worlds'

const WORLDS = Array.from({ length: 500 }, (_, seed) => ({ seed, world: randomWorld(seed) }))

function documentOf({ topology, workflows, objective }: World) {
  return {
    format: 'dmro-scenario/1',
    name: 'random',
    topology: { format: 'dmro-topology/1', name: 'random', ...topology },
    workload: { format: 'dmro-workload/1', name: 'random', workflows },
    objective
  }
}

function compiled(world: World): CompiledScenario {
  const read = readScenario(documentOf(world))
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return compileScenario(read.value)
}

/** Whether two numbers are the same to 1e-9 of their size. */
function agree(ours: number, theirs: number, what: string): void {
  if (ours === theirs) return
  const apart = Math.abs(ours - theirs) / Math.max(Math.abs(ours), Math.abs(theirs))
  if (!(apart <= 1e-9)) throw new Error(`${what}: ${ours} here, ${theirs} there`)
}

function randomPlacements(world: World, seed: number): Record<string, Placement> {
  const next = dice(seed + 1e6)
  return Object.fromEntries(
    world.workflows.map((workflow) => {
      const places = placesOf(world, workflow)
      return [workflow.id, Object.fromEntries(workflow.tasks.map((task) => [task.id, places[Math.floor(next() * places.length)]]))]
    })
  )
}

describe('an implementation written from the description alone agrees on 500 random worlds', () => {
  it('in the places a workflow may use', () => {
    for (const { seed, world } of WORLDS) {
      const scenario = compiled(world)
      scenario.chains.forEach((chain, x) => {
        const { locations, reachable } = environmentOf(scenario.environments, chain)
        const ours = locations.filter((_, k) => reachable[k]).map((location) => location.id)
        expect(ours, `world ${seed}`).toEqual(placesOf(world, world.workflows[x]))
      })
    }
  })

  it('in T, E and Q of every workflow under random placements, and in what cannot be placed', () => {
    let placed = 0
    let refused = 0
    for (const { seed, world } of WORLDS) {
      const scenario = compiled(world)
      const placements = randomPlacements(world, seed)
      const read = readPlacement({ format: 'dmro-placement/1', placements }, new ChainWorld(scenario))
      const theirs = world.workflows.map((workflow) => figuresOf(world, workflow, placements[workflow.id]))
      expect(read.ok, `world ${seed}`).toBe(theirs.every((figures) => figures.delaySeconds < Infinity))
      if (!read.ok) {
        refused++
        continue
      }
      placed++
      const ours = assess(new ChainWorld(scenario), read.value)
      agree(ours.references.delaySeconds, referencesOf(world).delaySeconds, `world ${seed}, T_ref`)
      agree(ours.references.energyJoules, referencesOf(world).energyJoules, `world ${seed}, E_ref`)
      ours.workflows.forEach((workflow, x) => {
        agree(workflow.delaySeconds, theirs[x].delaySeconds, `world ${seed}, T of ${workflow.id}`)
        agree(workflow.energyJoules, theirs[x].energyJoules, `world ${seed}, E of ${workflow.id}`)
        agree(workflow.cost, theirs[x].cost, `world ${seed}, Q of ${workflow.id}`)
        agree(1 + workflow.optimalityGap, theirs[x].cost / leastCost(world, world.workflows[x]), `world ${seed}, Q / Q* of ${workflow.id}`)
      })
      agree(
        ours.total.cost,
        theirs.reduce((sum, figures) => sum + figures.cost, 0),
        `world ${seed}, Q`
      )
    }
    expect(placed).toBeGreaterThan(350)
    expect(refused).toBeGreaterThan(20)
  })

  it('in the exact optimum: no placement of all K^N is cheaper, and the one given costs what is said', () => {
    let offloaded = 0
    for (const { seed, world } of WORLDS) {
      const scenario = compiled(world)
      const { workflows } = assessReference(new ChainWorld(scenario))
      workflows.forEach(({ id, cost, delaySeconds, placement, optimalityGap }, x) => {
        const workflow = world.workflows[x]
        agree(cost, leastCost(world, workflow), `world ${seed}, optimum of ${id}`)
        agree(delaySeconds, delayAndEnergy(world, workflow, placement).delaySeconds, `world ${seed}, T of the optimum of ${id}`)
        expect(optimalityGap).toBe(0)
        if (Object.values(placement).some((node) => node !== workflow.device)) offloaded++
      })
    }
    expect(offloaded).toBeGreaterThan(300)
  })

  it('and the worlds are worth it: routes of several hops, several devices, both scalings, with and without return', () => {
    const count = (is: (world: World) => boolean) => WORLDS.filter(({ world }) => is(world)).length
    expect(count(({ topology }) => topology.nodes.filter((node) => node.tier === 'device').length > 1)).toBeGreaterThan(200)
    expect(count(({ objective }) => objective.countReturn)).toBeGreaterThan(200)
    expect(count(({ objective }) => objective.scaling === 'none')).toBeGreaterThan(200)
    expect(count(({ topology }) => topology.links.some((link) => link.latencyMs > 0))).toBeGreaterThan(150)
    const isIndirect = (world: World) =>
      world.workflows.some((workflow) =>
        placesOf(world, workflow).some(
          (place) =>
            place !== workflow.device &&
            !world.topology.links.some((link) => [link.from, link.to].includes(place) && [link.from, link.to].includes(workflow.device))
        )
      )
    expect(count(isIndirect)).toBeGreaterThan(100)
  })
})
