import { compileBatch } from '@shared/model/batch/batch'
import { IndependentExecutor } from '@shared/model/batch/independent'
import { MachineRoom } from '@shared/model/batch/machines'
import { ChainWorld } from '@shared/model/chain-world'
import { compileScenario } from '@shared/model/scenario'
import { describe, expect, it } from 'vitest'
import { scenarios } from '../worlds'
import { cases, cloud, device, edge, episodeOf, fc, link, placedBatches, placementOf, scenarioOf, timesOf, workflow } from './worlds'

describe('a graph where nothing waits', () => {
  const nodes = [device('d', { computeMHz: 2 }), edge('e', { computeMHz: 5 }), cloud('c', { computeMHz: 10 })]
  const links = [link('d', 'e', 2, { latencyMs: 500 }), link('e', 'c', 4)]
  const diamond = workflow('w', { a: 10, b: 20, x: 20, z: 10 }, ['@input a 4', 'a b 8', 'a x 8', 'b z 4', 'x z 4', 'z @output 2'], {
    releaseSeconds: 100
  })

  it('takes as long as its longest path, from its own start on, whatever its release', () => {
    const episode = episodeOf(scenarioOf(nodes, links, [diamond], 'independent'))
    // a on the edge: 0.5 + 2, 2 s. b there: 4 s. x in the cloud: 2 s of transfer, 2 s; back over the link 1 s. z on the device: 2.5 s of
    // transfer from the edge beside 3.5 s from the cloud.
    const places = { a: 'e', b: 'e', x: 'c', z: 'd' }
    expect(timesOf(episode, places)).toEqual({
      '@input>a d>e': '0–2',
      a: '2.5–4.5',
      b: '4.5–8.5',
      'a>x e>c': '4.5–6.5',
      x: '6.5–8.5',
      'b>z e>d': '8.5–10.5',
      'x>z c>e': '8.5–9.5',
      'x>z e>d': '9.5–11.5',
      z: '12–17'
    })
    expect(episode.total(placementOf(episode, places))).toBe(17)
    const [{ releaseSeconds, tasks }] = episode.schedule(placementOf(episode, places))
    expect(releaseSeconds).toBe(0)
    expect(tasks.at(-1)).toMatchObject({ id: 'z', transferSeconds: 3.5 })
  })

  it('lets any number of tasks compute, and any number of flows travel, at once', () => {
    const wide = workflow('w', { a: 4, b: 4, z: 4 }, ['@input a 2', '@input b 2', '@input z 2'])
    const episode = episodeOf(scenarioOf([device('d'), edge('e')], [link('d', 'e')], [wide], 'independent'))
    expect(timesOf(episode, { a: 'e', b: 'e', z: 'e' })).toMatchObject({ a: '2–6', b: '2–6', z: '2–6' })
  })

  it('is never slower than alone on shared machines', () => {
    fc.assert(
      fc.property(placedBatches('independent'), ({ scenario, episodes, placements }) => {
        episodes.forEach((episode, e) => {
          const shared = episodeOf({ ...scenario, execution: 'shared', workload: { name: 'one', workflows: [...episode.workflows] } })
          const { delaySeconds } = shared.measure(placements[e])
          expect(episode.measure(placements[e]).delaySeconds).toBeLessThanOrEqual(delaySeconds + 1e-9)
        })
      }),
      cases(200)
    )
  })
})

describe('a chain as a graph where nothing waits', () => {
  it('costs what the chain model says, and may move where that may', () => {
    fc.assert(
      fc.property(scenarios, fc.array(fc.nat(), { minLength: 5, maxLength: 5 }), (scenario, draws) => {
        const world = new ChainWorld(compileScenario(scenario))
        const room = new MachineRoom(scenario.topology)
        for (const chain of world.episodes) {
          const batch = compileBatch(room, scenario.objective, chain.workflows)
          const graph = new IndependentExecutor(batch, scenario.objective, world.references)
          const placement = Array.from({ length: chain.decisions }, (_, i) => draws[i] % chain.places)
          const cost = chain.total(placement)
          if (cost === Infinity) expect(graph.run(placement)).toBe(Infinity)
          else expect(Math.abs(graph.run(placement) - cost)).toBeLessThanOrEqual(1e-12 * cost)
          let state = chain.start()
          const own = new Float64Array(graph.layout.size)
          const moves = new Uint8Array(chain.places)
          for (const place of placement) {
            graph.moves(own, 0, moves)
            expect(moves).toEqual(chain.moves(state))
            if (moves[place] === 0) break
            const step = chain.step(state, place)
            expect(Math.abs(graph.step(own, 0, place) - step.cost)).toBeLessThanOrEqual(1e-12 * cost)
            state = step.next
          }
        }
      }),
      cases(500)
    )
  })
})
