import { batchModel } from '@shared/model/batch/model'
import type { Scenario } from '@shared/model/scenario'
import { walk } from '@shared/model/world'
import { expect, it } from 'vitest'
import { execute, orderOf, type TripTask } from './round-trips'
import { dice } from './worlds'

/** Graph number `seed` of up to ten tasks, told in random order, for a device of 2 MHz and an edge of 20 MHz behind 4 MB/s up, 3 MB/s down. */
function randomScenario(seed: number): { scenario: Scenario; tasks: TripTask[] } {
  const next = dice(seed + 5e6)
  const between = (low: number, high: number) => (seed % 2 === 0 ? Math.ceil(low + (high - low) * next()) : low + (high - low) * next())
  const numbers = Array.from({ length: 1 + Math.floor(next() * 10) }, () => next())
  const tasks = numbers.map((key, i) => ({
    id: `t${i}`,
    key,
    megacycles: between(1, 60),
    uploadMegabytes: between(1, 60),
    resultMegabytes: between(0, 30)
  }))
  const pairs = tasks.flatMap((from, i) =>
    tasks.slice(i + 1).flatMap((to) => (next() < 0.3 ? [{ from: from.id, to: to.id, megabytes: between(0, 90) }] : []))
  )
  const told = [...tasks].sort((a, b) => a.key - b.key)
  const scenario: Scenario = {
    name: 'random',
    topology: {
      name: 'random',
      nodes: [
        { id: 'edge', tier: 'edge', computeMHz: 20, energyPerMegacycle: 0.25 },
        { id: 'device', tier: 'device', computeMHz: 2, energyPerMegacycle: 3, transmitWatts: 1.5, receiveWatts: 0.5 }
      ],
      links: [{ from: 'edge', to: 'device', bandwidthMBps: 3, backBandwidthMBps: 4, latencyMs: 0 }]
    },
    workload: {
      name: 'random',
      workflows: [
        {
          id: 'w',
          device: 'device',
          releaseSeconds: between(0, 9),
          tasks: told.map(({ key: _, ...task }) => task),
          flows: [
            { from: '@input', to: told[0].id, megabytes: 7 },
            ...pairs,
            ...pairs.slice(0, 1),
            { from: told[0].id, to: '@output', megabytes: 7 }
          ]
        }
      ]
    },
    objective: { energyWeight: 0.5, edgeEnergyWeight: 2, cloudEnergyWeight: 1, scaling: 'local-only', countReturn: next() < 0.5 }
  }
  const index = (id: string) => told.findIndex((task) => task.id === id)
  return {
    scenario,
    tasks: told.map(({ id, megacycles, uploadMegabytes, resultMegabytes }) => ({
      local: megacycles / 2,
      up: uploadMegabytes / 4,
      edge: megacycles / 20,
      down: resultMegabytes / 3,
      before: pairs.filter(({ to }) => to === id).map(({ from }) => index(from))
    }))
  }
}

it('an implementation written from MRLCO’s equations alone agrees on 300 random graphs: order, every end, T, E and Q', () => {
  let offloaded = 0
  for (let seed = 0; seed < 300; seed++) {
    const { scenario, tasks } = randomScenario(seed)
    const world = batchModel('round-trip').compile(scenario)
    const [episode] = world.episodes
    expect(
      episode.order.map(({ task }) => task),
      `graph ${seed}`
    ).toEqual(orderOf(tasks))
    const next = dice(seed + 6e6)
    for (let draw = 0; draw < 3; draw++) {
      const isOffloaded = tasks.map(() => next() < 0.6)
      const placement = episode.order.map(({ task }) => (isOffloaded[task] ? 1 : 0))
      const { delay, ends } = execute(tasks, isOffloaded)
      const joules = tasks.reduce(
        (sum, { local, up, edge, down }, i) => sum + (isOffloaded[i] ? 1.5 * up + 0.5 * down + 2 * 0.25 * 20 * edge : 3 * 2 * local),
        0
      )
      const measured = episode.measure(placement)
      expect(measured.delaySeconds).toBeCloseTo(delay, 9)
      expect(measured.energyJoules).toBeCloseTo(joules, 9)
      const alone = tasks.reduce((sum, { local }) => sum + local, 0)
      expect(measured.cost).toBeCloseTo(delay / alone + (0.5 * joules) / (6 * alone), 9)
      expect(walk(episode, placement)).toBeCloseTo(measured.cost, 9)
      const [{ tasks: spans, transfers }] = episode.schedule(placement)
      spans.forEach(({ id, finishSeconds }) => {
        const back = transfers?.find(({ from, to }) => from === id && to === '@output')
        expect(back?.arrivalSeconds ?? finishSeconds).toBeCloseTo(ends[indexOf(scenario, id)], 9)
        if (back) offloaded++
      })
      expect(episode.reference().lower).toBeLessThanOrEqual(measured.cost + 1e-9)
    }
  }
  expect(offloaded).toBeGreaterThan(1000)
})

function indexOf({ workload }: Scenario, id: string): number {
  return 'workflows' in workload ? workload.workflows[0].tasks.findIndex((task) => task.id === id) : -1
}
