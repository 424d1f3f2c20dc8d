import { ChainWorld } from '@shared/model/chain-world'
import { optimalityGap } from '@shared/model/world'
import { assess, assessReference } from '@shared/model/assessment'
import { chainDelay, chainEnergy, flowSeconds, tableCost, weightedCost } from '@shared/model/cost'
import { planAhead, viterbi } from '@shared/model/optimum'
import { compileScenario, environmentOf, type Scenario, scenarioCostTable } from '@shared/model/scenario'
import { chainTimeline } from '@shared/model/timeline'
import type { Chain } from '@shared/model/workflow'
import { describe, expect, it } from 'vitest'
import { bruteForce } from './brute-force'
import { scenarios } from './worlds'
import { cases, fc } from '../properties'

/** A device of 2 MHz, an edge of 10 MHz, a cloud of 50 MHz; each hop shows in the digits. */
const plain: Scenario = {
  name: 'plain',
  topology: {
    name: 'plain',
    nodes: [
      { id: 'c', tier: 'cloud', computeMHz: 50, energyPerMegacycle: 0.5 },
      { id: 'd', tier: 'device', computeMHz: 2, energyPerMegacycle: 3 },
      { id: 'e', tier: 'edge', computeMHz: 10, energyPerMegacycle: 1 }
    ],
    links: [
      { from: 'd', to: 'e', bandwidthMBps: 4, latencyMs: 250 },
      { from: 'c', to: 'e', bandwidthMBps: 8, latencyMs: 0 }
    ]
  },
  workload: {
    name: 'plain',
    workflows: [
      {
        id: 'w',
        device: 'd',
        tasks: [
          { id: 'a', megacycles: 100 },
          { id: 'b', megacycles: 200 }
        ],
        flows: [
          { from: '@input', to: 'a', megabytes: 8 },
          { from: 'a', to: 'b', megabytes: 16 },
          { from: 'b', to: '@output', megabytes: 4 }
        ]
      }
    ]
  },
  objective: { energyWeight: 0.5, edgeEnergyWeight: 2, cloudEnergyWeight: 4, scaling: 'none', countReturn: true }
}

/** A compiled scenario's chains with all that costs need, and a placement over reachable places with routes between. */
const placed = scenarios.chain((scenario) => {
  const compiled = compileScenario(scenario)
  return fc.tuple(
    fc.constant(compiled),
    fc.tuple(
      ...compiled.chains.map((chain) =>
        fc.array(fc.nat(environmentOf(compiled.environments, chain).locations.length - 1), {
          minLength: chain.taskIds.length,
          maxLength: chain.taskIds.length
        })
      )
    )
  )
})

describe('the cost of a placement', () => {
  it('is eqs. (3)–(9) in numbers worked out by hand', () => {
    const compiled = compileScenario(plain)
    const [chain] = compiled.chains
    const environment = environmentOf(compiled.environments, chain)
    expect(environment.locations.map((location) => location.id)).toEqual(['d', 'e', 'c'])
    // a on the edge: 8 MB in at 4 MB/s and 0.25 s, 100/10 s. b in the cloud: 16 MB at 8 MB/s, 200/50 s, 4 MB back over both hops.
    const delay = 0.25 + 2 + 10 + 2 + 4 + (0.25 + 1 + 0.5)
    const energy = 2 * 100 * 1 + 4 * 200 * 0.5
    expect(chainDelay(environment, chain, true, [1, 2])).toBeCloseTo(delay, 12)
    expect(chainDelay(environment, chain, false, [1, 2])).toBeCloseTo(delay - 1.75, 12)
    expect(chainEnergy(environment, chain, true, [1, 2])).toBe(energy)
    expect(assess(new ChainWorld(compiled), [[1, 2]]).total.cost).toBeCloseTo(delay + 0.5 * energy, 12)
    expect(compileScenario({ ...plain, objective: { ...plain.objective, scaling: 'local-only' } }).references).toEqual({
      delaySeconds: 150,
      energyJoules: 900
    })
  })

  it('is the sum of the step costs F, whatever the placement', () => {
    fc.assert(
      fc.property(placed, ([compiled, placements]) => {
        compiled.chains.forEach((chain, x) => {
          const environment = environmentOf(compiled.environments, chain)
          const { objective } = compiled.scenario
          const delay = chainDelay(environment, chain, objective.countReturn, placements[x])
          const cost = weightedCost(
            objective,
            compiled.references,
            delay,
            chainEnergy(environment, chain, objective.countReturn, placements[x])
          )
          const steps = tableCost(scenarioCostTable(compiled, chain), environment.locations.length, placements[x])
          if (cost === Infinity) expect(steps).toBe(Infinity)
          else expect(Math.abs(steps - cost)).toBeLessThanOrEqual(1e-12 * cost)
        })
      }),
      cases(400)
    )
  })

  it('of staying on the device is 1 + δ on average under local-only scaling', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const compiled = compileScenario({ ...scenario, objective: { ...scenario.objective, scaling: 'local-only' } })
        const { total } = assess(
          new ChainWorld(compiled),
          compiled.chains.map((chain) => new Uint8Array(chain.taskIds.length))
        )
        expect(total.cost / compiled.chains.length).toBeCloseTo(1 + scenario.objective.energyWeight, 12)
      }),
      cases(200)
    )
  })

  it('is nothing for a flow that does not exist, and latency alone for one of 0 MB', () => {
    const compiled = compileScenario(plain)
    const environment = environmentOf(compiled.environments, compiled.chains[0])
    expect(flowSeconds(environment, 0, 1, Number.NaN)).toBe(0)
    expect(flowSeconds(environment, 0, 1, 0)).toBe(0.25)
    expect(flowSeconds(environment, 1, 1, 1e6)).toBe(0)
    const silent: Chain = { ...compiled.chains[0], megabytes: Float64Array.of(Number.NaN, 16, Number.NaN) }
    expect(chainDelay(environment, silent, true, [1, 1])).toBe(10 + 20)
  })

  it('is for ever where there is no route, even with nothing to send', () => {
    const compiled = compileScenario({ ...plain, topology: { ...plain.topology, links: [] } })
    const environment = environmentOf(compiled.environments, compiled.chains[0])
    expect(environment.reachable).toEqual([true, false, false])
    expect(flowSeconds(environment, 0, 1, Number.NaN)).toBe(Infinity)
  })

  it('counts the return only where the objective does', () => {
    fc.assert(
      fc.property(placed, ([compiled, placements]) => {
        compiled.chains.forEach((chain, x) => {
          const environment = environmentOf(compiled.environments, chain)
          const without = chainDelay(environment, chain, false, placements[x])
          if (without === Infinity) return
          const last = placements[x][placements[x].length - 1]
          const back = flowSeconds(environment, last, 0, chain.megabytes[chain.taskIds.length])
          expect(chainDelay(environment, chain, true, placements[x])).toBeCloseTo(without + back, 9)
        })
      })
    )
  })

  it('of work without cycles or energy is scaled by 1', () => {
    const idle = { name: 'idle', workflows: [{ id: 'w', device: 'd', tasks: [{ id: 'a', megacycles: 0 }], flows: [] }] }
    expect(compileScenario({ ...plain, workload: idle, objective: { ...plain.objective, scaling: 'local-only' } }).references).toEqual({
      delaySeconds: 1,
      energyJoules: 1
    })
  })
})

describe('the timeline of a placement', () => {
  it('lets each task begin when its data has come, and ends, with the return, at T', () => {
    fc.assert(
      fc.property(placed, ([compiled, placements]) => {
        compiled.chains.forEach((chain, x) => {
          const environment = environmentOf(compiled.environments, chain)
          const delay = chainDelay(environment, chain, true, placements[x])
          if (delay === Infinity) return
          const spans = chainTimeline(environment, chain, true, placements[x])
          spans.forEach((span, i) => {
            expect(span.id).toBe(chain.taskIds[i])
            expect(span.node).toBe(environment.locations[placements[x][i]].id)
            expect(span.startSeconds - (spans[i - 1]?.finishSeconds ?? 0)).toBeCloseTo(span.transferSeconds, 6)
            expect(span.finishSeconds - span.startSeconds).toBeCloseTo(
              chain.megacycles[i] * environment.secondsPerMegacycle[placements[x][i]],
              6
            )
          })
          const end = spans[spans.length - 1].finishSeconds
          const back = flowSeconds(environment, placements[x][spans.length - 1], 0, chain.megabytes[spans.length])
          expect(Math.abs(end + back - delay)).toBeLessThanOrEqual(1e-9 * delay)
          expect(spans.reduce((sum, span) => sum + span.energyJoules, 0)).toBeCloseTo(
            chainEnergy(environment, chain, true, placements[x]),
            9
          )
        })
      }),
      cases(200)
    )
  })
})

describe('the optimum', () => {
  it('of dynamic programming is that of trying every placement', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const compiled = compileScenario(scenario)
        for (const chain of compiled.chains) {
          const places = environmentOf(compiled.environments, chain).locations.length
          const table = scenarioCostTable(compiled, chain)
          const best = viterbi(table, places)
          expect(Math.abs(best.cost - bruteForce(table, places).cost)).toBeLessThanOrEqual(1e-12 * best.cost)
          expect(tableCost(table, places, best.placement)).toBe(best.cost)
          expect(best.cost).toBeLessThan(Infinity)
        }
      }),
      cases(400)
    )
  })

  it('has a gap of exactly 0, and no placement a negative one', () => {
    fc.assert(
      fc.property(placed, ([compiled, placements]) => {
        for (const workflow of assessReference(new ChainWorld(compiled)).workflows) expect(workflow.optimalityGap).toBe(0)
        for (const workflow of assess(new ChainWorld(compiled), placements).workflows)
          expect(workflow.optimalityGap).toBeGreaterThan(-1e-12)
      })
    )
    expect(optimalityGap(3, { kind: 'optimum', lower: 2, upper: 2 })).toBe(0.5)
    expect(optimalityGap(0, { kind: 'optimum', lower: 0, upper: 0 })).toBe(0)
  })

  it('is what looking ahead to the end finds; one task ahead is greedy; farther never leaves the routes', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const compiled = compileScenario(scenario)
        for (const chain of compiled.chains) {
          const places = environmentOf(compiled.environments, chain).locations.length
          const table = scenarioCostTable(compiled, chain)
          const tasks = chain.taskIds.length
          expect(tableCost(table, places, planAhead(table, places, tasks))).toBeCloseTo(viterbi(table, places).cost, 9)
          let previous = 0
          planAhead(table, places, 1).forEach((place, i) => {
            const row = table.subarray((i * places + previous) * places, (i * places + previous + 1) * places)
            expect(row[place]).toBe(Math.min(...row))
            previous = place
          })
          for (let h = 1; h <= tasks; h++) expect(tableCost(table, places, planAhead(table, places, h))).toBeLessThan(Infinity)
        }
      }),
      cases(200)
    )
  })
})

describe('names and order', () => {
  it('of nodes, links, tasks and flows change no cost and no optimum', () => {
    fc.assert(
      fc.property(scenarios, fc.integer({ min: 1, max: 1000 }), (scenario, key) => {
        const turned = <T>(items: readonly T[]): T[] =>
          [...items.slice(key % items.length || 0), ...items.slice(0, key % items.length || 0)].reverse()
        const name = (id: string) => (id.startsWith('@') ? id : `${key} ${[...id].reverse().join('')}`)
        const { topology, workload } = scenario
        if ('generator' in workload) throw new Error('only explicit workloads are drawn here')
        const renamed: Scenario = {
          ...scenario,
          topology: {
            ...topology,
            nodes: turned(topology.nodes).map((node) => ({ ...node, id: name(node.id) })),
            links: turned(topology.links).map((link) => ({ ...link, from: name(link.to), to: name(link.from) }))
          },
          workload: {
            ...workload,
            workflows: workload.workflows.map((workflow) => ({
              id: workflow.id,
              device: name(workflow.device),
              tasks: turned(workflow.tasks).map((task) => ({ ...task, id: name(task.id) })),
              flows: turned(workflow.flows).map((flow) => ({ ...flow, from: name(flow.from), to: name(flow.to) }))
            }))
          }
        }
        const [before, after] = [scenario, renamed].map((each) => compileScenario(each))
        const [a, b] = [before, after].map((compiled) => assessReference(new ChainWorld(compiled)))
        expect(b.references.delaySeconds).toBeCloseTo(a.references.delaySeconds, 9)
        a.workflows.forEach((workflow, x) => {
          expect(Math.abs(b.workflows[x].cost - workflow.cost)).toBeLessThanOrEqual(1e-9 * workflow.cost)
        })
      }),
      cases(200)
    )
  })
})
