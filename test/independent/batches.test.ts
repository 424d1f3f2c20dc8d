import { batchModel } from '@shared/model/batch/model'
import type { Execution, Scenario } from '@shared/model/scenario'
import { walk } from '@shared/model/world'
import { describe, expect, it } from 'vitest'
import { randomBatch } from './batch-worlds'
import { type BatchWorld, costOf, execute, longestPath, orderOf, reachedBy, referencesOf } from './batches'
import { dice } from './worlds'

const BATCHES = Array.from({ length: 400 }, (_, seed) => ({ seed, world: randomBatch(seed) }))

function compiled({ topology, workflows, objective }: BatchWorld, execution: Execution = 'shared') {
  const scenario: Scenario = {
    name: 'random',
    topology: { name: 'random', ...topology },
    workload: { name: 'random', workflows },
    objective,
    execution
  }
  return batchModel(execution).compile(scenario)
}

/** Whether two numbers are the same to 1e-9 of their size. */
function agree(ours: number, theirs: number, what: string): void {
  if (ours === theirs) return
  const apart = Math.abs(ours - theirs) / Math.max(1, Math.abs(ours), Math.abs(theirs))
  if (!(apart <= 1e-9)) throw new Error(`${what}: ${ours} here, ${theirs} there`)
}

describe('an implementation written from the description alone agrees on 400 random batches', () => {
  it('in the order of decisions and in the references', () => {
    for (const { seed, world } of BATCHES) {
      const { episodes, references } = compiled(world)
      expect(episodes.length, `batch ${seed}`).toBe(1)
      const ours = episodes[0].order.map(({ workflow, task }) => [workflow, world.workflows[workflow].tasks[task].id])
      expect(ours, `batch ${seed}`).toEqual(orderOf(world))
      const theirs = referencesOf(world)
      agree(references.delaySeconds, theirs.delay, `batch ${seed}, T_ref`)
      agree(references.energyJoules, theirs.energy, `batch ${seed}, E_ref`)
    }
  })

  it('in every start and finish, T, E and Q, and in what has no route', () => {
    let [finite, infinite, waits, severalHops] = [0, 0, 0, 0]
    for (const { seed, world } of BATCHES) {
      const [episode] = compiled(world).episodes
      const next = dice(seed + 9e6)
      for (let draw = 0; draw < 3; draw++) {
        const placement = world.workflows.map((workflow) => {
          const places = reachedBy(world, workflow)
          return Object.fromEntries(workflow.tasks.map(({ id }) => [id, places[Math.floor(next() * places.length)].id]))
        })
        const numbers = episode.order.map(({ workflow, task }) => {
          const node = placement[workflow][world.workflows[workflow].tasks[task].id]
          return episode.locations(workflow).findIndex(({ id }) => id === node)
        })
        const theirs = execute(world, placement)
        const cost = costOf(world, theirs)
        const what = `batch ${seed}, placement ${draw}`
        agree(episode.total(numbers), cost, `${what}, Q`)
        if (cost === Infinity) {
          infinite++
          continue
        }
        finite++
        agree(walk(episode, numbers), cost, `${what}, Σ F`)
        episode.schedule(numbers).forEach((ours, x) => {
          agree(ours.delaySeconds, theirs.delays[x], `${what}, T of ${ours.id}`)
          agree(ours.energyJoules, theirs.joules[x], `${what}, E of ${ours.id}`)
          const tasks = theirs.tasks.filter(({ workflow }) => workflow === x)
          expect(
            ours.tasks.map(({ id, node, core }) => ({ id, node, core })),
            what
          ).toEqual(tasks.map(({ id, node, core }) => ({ id, node, core })))
          tasks.forEach(({ id, start, finish }, i) => {
            agree(ours.tasks[i].startSeconds, start, `${what}, start of ${id}`)
            agree(ours.tasks[i].finishSeconds, finish, `${what}, finish of ${id}`)
          })
          const hops = theirs.hops.filter(({ workflow }) => workflow === x)
          expect(
            ours.transfers?.map(({ from, to, fromNode, toNode }) => ({ from, to, fromNode, toNode })),
            what
          ).toEqual(hops.map(({ from, to, fromNode, toNode }) => ({ from, to, fromNode, toNode })))
          hops.forEach((hop, i) => {
            const transfer = ours.transfers?.[i]
            agree(transfer?.startSeconds ?? Number.NaN, hop.start, `${what}, start of a transfer`)
            agree(transfer?.endSeconds ?? Number.NaN, hop.end, `${what}, end of a transfer`)
            agree(transfer?.arrivalSeconds ?? Number.NaN, hop.arrival, `${what}, arrival of a transfer`)
            if ((transfer?.waitSeconds ?? 0) > 0) waits++
          })
          if (hops.some(({ from, toNode }, i) => hops[i + 1]?.from === from && hops[i + 1].fromNode === toNode)) severalHops++
        })
      }
    }
    expect(finite).toBeGreaterThan(900)
    expect(infinite).toBeGreaterThan(20)
    expect(waits).toBeGreaterThan(500)
    expect(severalHops).toBeGreaterThan(300)
  })

  it('and where nothing waits, in T, E and Q of every graph', () => {
    let [finite, shorter] = [0, 0]
    for (const { seed, world } of BATCHES) {
      const { episodes, references } = compiled(world, 'independent')
      const next = dice(seed + 11e6)
      const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
      const local = world.workflows.map((workflow) => Object.fromEntries(workflow.tasks.map(({ id }) => [id, workflow.device])))
      const isScaled = world.objective.scaling === 'local-only'
      agree(
        references.delaySeconds,
        isScaled ? mean(world.workflows.map((each, x) => longestPath(world, each, local[x]))) || 1 : 1,
        'T_ref'
      )
      world.workflows.forEach((workflow, x) => {
        const places = reachedBy(world, workflow)
        const placement = Object.fromEntries(workflow.tasks.map(({ id }) => [id, places[Math.floor(next() * places.length)].id]))
        const episode = episodes[x]
        const numbers = episode.order.map(({ task }) =>
          episode.locations(0).findIndex(({ id }) => id === placement[workflow.tasks[task].id])
        )
        const delay = longestPath(world, workflow, placement)
        const what = `batch ${seed}, ${workflow.id}`
        agree(episode.measure(numbers).delaySeconds, delay, `${what}, T`)
        if (delay === Infinity) return
        finite++
        // What is spent does not depend on what waits.
        const alone = execute({ ...world, workflows: [workflow] }, [placement])
        agree(episode.measure(numbers).energyJoules, alone.joules[0], `${what}, E`)
        agree(
          episode.total(numbers),
          delay / references.delaySeconds + (world.objective.energyWeight * alone.joules[0]) / references.energyJoules,
          `${what}, Q`
        )
        agree(walk(episode, numbers), episode.total(numbers), `${what}, Σ F`)
        if (delay < alone.delays[0] - 1e-9) shorter++
      })
    }
    expect(finite).toBeGreaterThan(700)
    expect(shorter).toBeGreaterThan(200)
  })
})
