import { compileBatch } from '@shared/model/batch/batch'
import { contentionFreeBound } from '@shared/model/batch/bound'
import { MachineRoom } from '@shared/model/batch/machines'
import { SharedExecutor } from '@shared/model/batch/shared'
import { chainDelay, chainEnergy, tableCost } from '@shared/model/cost'
import { compileScenario, environmentOf, scenarioCostTable } from '@shared/model/scenario'
import { workflowOf } from '@shared/model/workflow'
import { walk } from '@shared/model/world'
import { describe, expect, it } from 'vitest'
import { scenarios } from '../worlds'
import { cases, cloud, device, edge, episodeOf, fc, link, placedBatches, placementOf, scenarioOf, timesOf, workflow } from './worlds'

describe('a task on shared machines', () => {
  it('waits for the processor, in the order of decisions and not of arrivals', () => {
    // Both have the same rank but for their work: b, the longer one, is decided first.
    const episode = episodeOf(scenarioOf([device('d')], [], [workflow('w', { a: 3, b: 5 }, [])]))
    expect(timesOf(episode, { a: 'd', b: 'd' })).toEqual({ b: '0–5', a: '5–8' })
  })

  it('takes the core that is free first, the lowest of several', () => {
    const tasks = { a: 8, b: 5, c: 4, e: 3, f: 2 }
    const episode = episodeOf(scenarioOf([device('d', { cores: 3 })], [], [workflow('w', tasks, [])]))
    const [{ tasks: spans }] = episode.schedule([0, 0, 0, 0, 0])
    expect(spans.map(({ id, core, startSeconds }) => [id, core, startSeconds])).toEqual([
      ['a', 0, 0],
      ['b', 1, 0],
      ['c', 2, 0],
      ['e', 2, 4],
      ['f', 1, 5]
    ])
    expect(spans.map(({ waitSeconds }) => waitSeconds)).toEqual([0, 0, 0, 4, 5])
  })

  it('is never put before what is booked, although there would be room', () => {
    // a waits at the edge for its 10 MB; b, whose data is there at 1, is decided later and waits for a.
    const flows = ['@input a 10', '@input b 1']
    const nodes = [device('d'), edge('e')]
    const links = [link('d', 'e')]
    const episode = episodeOf(scenarioOf(nodes, links, [workflow('w', { a: 5, b: 2 }, flows)]))
    expect(timesOf(episode, { a: 'e', b: 'e' })).toEqual({
      '@input>a d>e': '0–10',
      a: '10–15',
      '@input>b d>e': '10–11',
      b: '15–17'
    })
  })

  it('holds its core for its work over the speed of its node', () => {
    const episode = episodeOf(scenarioOf([device('d', { computeMHz: 4 })], [], [workflow('w', { a: 6 }, [])]))
    expect(timesOf(episode, { a: 'd' })).toEqual({ a: '0–1.5' })
  })

  it('does not begin before its workflow is released, even without input; T counts from there', () => {
    const late = workflow('late', { a: 2 }, [], { releaseSeconds: 10, deadlineSeconds: 1.5 })
    const episode = episodeOf(scenarioOf([device('d')], [], [late]))
    expect(episode.schedule([0])).toMatchObject([
      { delaySeconds: 2, releaseSeconds: 10, tardinessSeconds: 0.5, tasks: [{ startSeconds: 10, finishSeconds: 12 }] }
    ])
    expect(episode.total([0])).toBe(2)
  })
})

describe('data on shared links', () => {
  const nodes = [device('d'), edge('e'), cloud('c')]

  it('goes hop by hop, waits for each link, and frees it before the latency', () => {
    const links = [link('d', 'e', 2, { latencyMs: 1000 }), link('e', 'c', 4)]
    // a's 8 MB are on d–e from 0 to 4 and at e at 5, then on e–c for 2 s. b's follow on d–e from 4 on, and wait nowhere.
    const flows = ['@input a 8', '@input b 4']
    const episode = episodeOf(scenarioOf(nodes, links, [workflow('w', { a: 2, b: 1 }, flows)]))
    expect(timesOf(episode, { a: 'c', b: 'c' })).toEqual({
      '@input>a d>e': '0–4',
      '@input>a e>c': '5–7',
      a: '7–9',
      '@input>b d>e': '4–6',
      '@input>b e>c': '7–8',
      b: '9–10'
    })
    const [{ transfers }] = episode.schedule(placementOf(episode, { a: 'c', b: 'c' }))
    expect(transfers?.map(({ waitSeconds, arrivalSeconds }) => [waitSeconds, arrivalSeconds])).toEqual([
      [0, 5],
      [0, 7],
      [4, 7],
      [0, 8]
    ])
  })

  it('meets nothing that leads the other way, which has a rate of its own', () => {
    const links = [link('d', 'e', 2, { backBandwidthMBps: 1 })]
    const flows = ['@input a 4', 'a b 6', '@input b 8', 'b @output 3']
    const episode = episodeOf(scenarioOf([device('d'), edge('e')], links, [workflow('w', { a: 1, b: 1 }, flows)]))
    expect(timesOf(episode, { a: 'e', b: 'd' })).toEqual({ '@input>a d>e': '0–2', a: '2–3', 'a>b e>d': '3–9', b: '9–10' })
    expect(timesOf(episode, { a: 'd', b: 'e' })).toEqual({
      a: '0–1',
      // The input of b comes before what a gives, and both lead the same way.
      '@input>b d>e': '0–4',
      'a>b d>e': '4–7',
      b: '7–8',
      'b>@output e>d': '8–11'
    })
  })

  it('is sent for a task in the order of its producers, several between the same two as in the document', () => {
    // Ranks: p 9 + …, q 4 + …: p is decided first, though the document tells q first.
    const flows = ['q z 1', 'p z 2', 'p z 3', '@input z 4', '@input z 5']
    const episode = episodeOf(scenarioOf([device('d'), edge('e')], [link('d', 'e')], [workflow('w', { q: 4, p: 9, z: 1 }, flows)]))
    const [{ transfers }] = episode.schedule(placementOf(episode, { q: 'd', p: 'd', z: 'e' }))
    expect(transfers?.map(({ from, startSeconds, endSeconds }) => [from, startSeconds, endSeconds])).toEqual([
      ['@input', 0, 4],
      ['@input', 4, 9],
      ['p', 9, 11],
      ['p', 11, 14],
      ['q', 14, 15]
    ])
  })

  it('returns in the order of the document, right after its task and before what is decided later', () => {
    const flows = ['a @output 2', 'b @output 1', 'a @output 3']
    const scenario = scenarioOf([device('d'), edge('e', { cores: 2 })], [link('d', 'e')], [workflow('w', { a: 9, b: 4 }, flows)])
    const episode = episodeOf(scenario)
    const [{ transfers, delaySeconds }] = episode.schedule(placementOf(episode, { a: 'e', b: 'e' }))
    expect(transfers?.map(({ from, startSeconds, endSeconds }) => [from, startSeconds, endSeconds])).toEqual([
      ['a', 9, 11],
      ['a', 11, 14],
      ['b', 14, 15]
    ])
    expect(delaySeconds).toBe(15)
    const uncounted = episodeOf({ ...scenario, objective: { ...scenario.objective, countReturn: false } })
    expect(uncounted.total([1, 1])).toBe(9)
  })

  it('takes the route that is fastest for its size, fixed before anything is under way', () => {
    // Over the edge: 2 s of latency and 1/4 s per MB. Directly: 1 s per MB. Equal at 8/3 MB.
    const links = [link('d', 'c', 1), link('d', 'e', 8, { latencyMs: 1000 }), link('e', 'c', 8, { latencyMs: 1000 })]
    const flows = ['@input a 2', '@input b 2', '@input z 4']
    const episode = episodeOf(scenarioOf(nodes, links, [workflow('w', { a: 4, b: 3, z: 1 }, flows)]))
    expect(timesOf(episode, { a: 'c', b: 'c', z: 'c' })).toMatchObject({
      '@input>a d>c': '0–2',
      '@input>b d>c': '2–4',
      '@input>z d>e': '0–0.5',
      '@input>z e>c': '1.5–2'
    })
  })

  it('costs the device what its first hop out and its last hop in carry', () => {
    const own = [device('d', { transmitWatts: 3, receiveWatts: 5 }), edge('e'), cloud('c')]
    const links = [link('d', 'e', 4, { backBandwidthMBps: 2, latencyMs: 250 }), link('e', 'c', 8)]
    const episode = episodeOf(scenarioOf(own, links, [workflow('w', { a: 1, b: 1 }, ['@input a 8', 'a b 16', 'b @output 4'])]))
    expect(episode.measure(placementOf(episode, { a: 'c', b: 'e' })).energyJoules).toBe(3 * 2 + 5 * 2)
    expect(episode.measure(placementOf(episode, { a: 'e', b: 'd' })).energyJoules).toBe(3 * 2 + 5 * 8)
  })
})

describe('workflows of a batch', () => {
  it('are decided by release, then rank, then their index, then the topological position', () => {
    const one = workflow('one', { a: 1, b: 1 }, ['a b 0'])
    const late = { ...one, id: 'late', releaseSeconds: 5 }
    const twin = workflow('twin', { b: 1, a: 1 }, ['a b 0'])
    const long = workflow('long', { y: 1, x: 1, z: 9 }, [])
    const { order, workflows } = episodeOf(scenarioOf([device('d')], [], [late, one, twin, long]))
    expect(order.map(({ workflow: w, task }) => `${workflows[w].id}.${workflows[w].tasks[task].id}`)).toEqual([
      'long.z',
      'one.a',
      'twin.a',
      'one.b',
      'twin.b',
      'long.y',
      'long.x',
      'late.a',
      'late.b'
    ])
  })

  it('share edges, clouds and the links between them, and each device with its own workflows alone', () => {
    const nodes = [device('d'), device('d2'), edge('e')]
    const links = [link('d', 'e'), link('d2', 'e')]
    const first = workflow('w', { a: 4 }, ['@input a 2'])
    const second = workflow('v', { b: 3 }, ['@input b 2'], { device: 'd2' })
    const episode = episodeOf(scenarioOf(nodes, links, [first, second]))
    expect(timesOf(episode, { a: 'e', b: 'e' })).toEqual({ '@input>a d>e': '0–2', a: '2–6', '@input>b d2>e': '0–2', b: '6–9' })
    expect(timesOf(episode, { a: 'd', b: 'd2' })).toEqual({ a: '0–4', b: '0–3' })
    expect(episode.total([1, 1])).toBe(6 + 9)
  })

  it('that are released later wait for what earlier ones booked', () => {
    const first = workflow('w', { a: 4 }, [])
    const second = workflow('v', { b: 30 }, [], { releaseSeconds: 1 })
    const episode = episodeOf(scenarioOf([device('d')], [], [first, second]))
    expect(timesOf(episode, { a: 'd', b: 'd' })).toEqual({ a: '0–4', b: '4–34' })
    expect(episode.total([0, 0])).toBe(4 + 33)
  })
})

describe('a chain alone on shared machines', () => {
  it('costs what the chain model says, at every place and over every route', () => {
    let placed = 0
    fc.assert(
      fc.property(scenarios, fc.array(fc.nat(), { minLength: 5, maxLength: 5 }), (scenario, draws) => {
        const compiled = compileScenario(scenario)
        const room = new MachineRoom(scenario.topology)
        const { objective } = scenario
        for (const chain of compiled.chains) {
          const environment = environmentOf(compiled.environments, chain)
          const placement = chain.taskIds.map((_, i) => draws[i] % environment.locations.length)
          const table = scenarioCostTable(compiled, chain)
          const executor = new SharedExecutor(compileBatch(room, objective, [workflowOf(chain)]), objective, compiled.references)
          const measured = executor.measure(placement)
          const seconds = chainDelay(environment, chain, objective.countReturn, placement)
          const cost = tableCost(table, environment.locations.length, placement)
          if (cost === Infinity) expect(measured.cost).toBe(Infinity)
          else {
            placed++
            expect(Math.abs(measured.delaySeconds - seconds)).toBeLessThanOrEqual(1e-12 * seconds)
            expect(Math.abs(measured.cost - cost)).toBeLessThanOrEqual(1e-12 * cost)
            expect(measured.energyJoules).toBeCloseTo(chainEnergy(environment, chain, objective.countReturn, placement), 9)
          }
        }
      }),
      cases(500)
    )
    expect(placed).toBeGreaterThan(300)
  })
})

describe('every placement of a random batch', () => {
  it('costs the sum of its steps, and leaves the states it passes as they were', () => {
    fc.assert(
      fc.property(placedBatches('shared'), ({ episodes: [episode], placements: [placement] }) => {
        const total = episode.total(placement)
        expect(total).toBeLessThan(Infinity)
        expect(Math.abs(walk(episode, placement) - total)).toBeLessThanOrEqual(1e-9 * Math.max(1, total))
        const start = episode.start()
        episode.step(start, placement[0])
        expect(start).toEqual(episode.start())
        const { cost, delaySeconds, energyJoules } = episode.measure(placement)
        const schedule = episode.schedule(placement)
        expect(cost).toBe(total)
        expect(schedule.reduce((sum, each) => sum + each.delaySeconds, 0)).toBeCloseTo(delaySeconds, 9)
        expect(schedule.reduce((sum, each) => sum + each.energyJoules, 0)).toBeCloseTo(energyJoules, 9)
        expect(schedule.flatMap(({ tasks }) => tasks).reduce((sum, task) => sum + task.energyJoules, 0)).toBeCloseTo(energyJoules, 9)
      }),
      cases(300)
    )
  })

  it('takes half the time where every speed and rate is doubled and every latency and release halved', () => {
    fc.assert(
      fc.property(placedBatches('shared'), ({ scenario, episodes: [episode], placements: [placement] }) => {
        const { topology, workload } = scenario
        if ('generator' in workload) throw new Error('only explicit workloads are drawn here')
        const twice = episodeOf({
          ...scenario,
          topology: {
            ...topology,
            nodes: topology.nodes.map((node) => ({ ...node, computeMHz: 2 * node.computeMHz })),
            links: topology.links.map((each) => ({
              ...each,
              bandwidthMBps: 2 * each.bandwidthMBps,
              ...(each.backBandwidthMBps !== undefined && { backBandwidthMBps: 2 * each.backBandwidthMBps }),
              latencyMs: each.latencyMs / 2
            }))
          },
          workload: {
            ...workload,
            workflows: workload.workflows.map((each) => ({ ...each, releaseSeconds: (each.releaseSeconds ?? 0) / 2 }))
          }
        })
        expect(twice.order).toEqual(episode.order)
        const slow = episode.schedule(placement)
        twice.schedule(placement).forEach(({ delaySeconds, tasks }, x) => {
          expect(delaySeconds).toBeCloseTo(slow[x].delaySeconds / 2, 9)
          expect(tasks.map(({ core }) => core)).toEqual(slow[x].tasks.map(({ core }) => core))
        })
      }),
      cases(200)
    )
  })

  it('never has two tasks on one core or two transfers on one link direction at the same time', () => {
    fc.assert(
      fc.property(placedBatches('shared'), ({ episodes: [episode], placements: [placement] }) => {
        const busy = new Map<string, [from: number, to: number][]>()
        const book = (what: string, from: number, to: number) => busy.set(what, [...(busy.get(what) ?? []), [from, to]])
        for (const { tasks, transfers, releaseSeconds } of episode.schedule(placement)) {
          for (const { node, core, startSeconds, finishSeconds } of tasks) {
            expect(startSeconds).toBeGreaterThanOrEqual(releaseSeconds ?? 0)
            book(`${node} ${core}`, startSeconds, finishSeconds)
          }
          for (const { fromNode, toNode, startSeconds, endSeconds, arrivalSeconds } of transfers ?? []) {
            expect(arrivalSeconds).toBeGreaterThanOrEqual(endSeconds)
            book(`${fromNode}>${toNode}`, startSeconds, endSeconds)
          }
        }
        for (const spans of busy.values()) {
          spans.sort((a, b) => a[0] - b[0] || a[1] - b[1])
          for (let i = 1; i < spans.length; i++) expect(spans[i][0]).toBeGreaterThanOrEqual(spans[i - 1][1] - 1e-9)
        }
      }),
      cases(300)
    )
  })

  it('is not cheaper than the bound, which is no more expensive than the least of all placements', () => {
    let tried = 0
    fc.assert(
      fc.property(placedBatches('shared'), ({ episodes: [episode] }) => {
        if (episode.places ** episode.decisions > 4096) return
        tried++
        let least = Infinity
        const { executor, decisions, places } = episode
        const { size } = executor.layout
        const states = new Float64Array(size * (decisions + 1))
        const visit = (i: number, cost: number): void => {
          if (i === decisions) {
            least = Math.min(least, cost)
            return
          }
          for (let k = 0; k < places; k++) {
            states.copyWithin((i + 1) * size, i * size, (i + 1) * size)
            const step = executor.step(states, (i + 1) * size, k)
            if (step < Infinity) visit(i + 1, cost + step)
          }
        }
        executor.begin(states)
        visit(0, 0)
        const { lower, kind } = contentionFreeBound(executor)
        expect(kind).toBe('bound')
        expect(lower).toBeLessThanOrEqual(least * (1 + 1e-9) + 1e-9)
      }),
      cases(200)
    )
    expect(tried).toBeGreaterThan(30)
  })
})
