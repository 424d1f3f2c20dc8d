import type { Workflow } from '@shared/model/workflow'
import { describe, expect, it } from 'vitest'
import { device, edge, episodeOf, link, placementOf, scenarioOf, timesOf } from './worlds'

/** L 8, U 2, E 1, D 1 for every unit of work. */
const nodes = [
  device('d', { energyPerMegacycle: 0.8, transmitWatts: 3, receiveWatts: 5 }),
  edge('e', { computeMHz: 8, energyPerMegacycle: 0.5 })
]
const links = [link('d', 'e', 1, { backBandwidthMBps: 2 })]

function graph(work: Record<string, number>, flows: string[]): Workflow {
  return {
    id: 'w',
    device: 'd',
    tasks: Object.entries(work).map(([id, times]) => ({
      id,
      megacycles: 8 * times,
      uploadMegabytes: 2 * times,
      resultMegabytes: 2 * times
    })),
    flows: flows.map((text) => ({ from: text.split(' ')[0], to: text.split(' ')[1], megabytes: 99 }))
  }
}

describe('a round trip', () => {
  it('uploads, computes at the edge and returns; uploads wait for the uplink, computing for the edge, returns for nothing', () => {
    const episode = episodeOf(scenarioOf(nodes, links, [graph({ a: 1, b: 2 }, [])], 'round-trip'))
    expect(timesOf(episode, { a: 'e', b: 'e' })).toEqual({
      '@input>b d>e': '0–4',
      b: '4–6',
      'b>@output e>d': '6–8',
      '@input>a d>e': '4–6',
      a: '6–7',
      'a>@output e>d': '7–8'
    })
    expect(timesOf(episode, { a: 'd', b: 'e' })).toMatchObject({ a: '0–8', b: '4–6' })
    expect(episode.total(placementOf(episode, { a: 'd', b: 'd' }))).toBe(24 + 0.8 * 24)
  })

  it('uploads beside the computing of its predecessors, and waits for their results only on the device', () => {
    const episode = episodeOf(scenarioOf(nodes, links, [graph({ a: 2, b: 1 }, ['a b'])], 'round-trip'))
    // b's upload follows a's at once, and b computes once a has; a's result is not waited for.
    expect(timesOf(episode, { a: 'e', b: 'e' })).toMatchObject({ '@input>b d>e': '4–6', a: '4–6', b: '6–7' })
    // On the device b waits for a's result.
    expect(timesOf(episode, { a: 'e', b: 'd' })).toMatchObject({ 'a>@output e>d': '6–8', b: '8–16' })
    // What ran on the device is uploaded when it has ended.
    expect(timesOf(episode, { a: 'd', b: 'e' })).toMatchObject({ a: '0–16', '@input>b d>e': '16–18', b: '18–19' })
  })

  it('costs the device its watts for what it sends and receives, and the edge its work, weighted', () => {
    const scenario = scenarioOf(nodes, links, [graph({ a: 2 }, [])], 'round-trip', { edgeEnergyWeight: 10 })
    const episode = episodeOf(scenario)
    expect(episode.measure([1]).energyJoules).toBe(3 * 4 + 5 * 2 + 10 * 0.5 * 16)
    expect(episode.measure([0]).energyJoules).toBe(0.8 * 16)
  })

  it('returns its result whatever the objective counts, starts at 0 whatever the release, and pays latency on the link', () => {
    const late = { ...graph({ a: 2 }, ['@input a', 'a @output']), releaseSeconds: 50 }
    const slow = [link('d', 'e', 1, { backBandwidthMBps: 2, latencyMs: 500 })]
    const episode = episodeOf(scenarioOf(nodes, slow, [late], 'round-trip', { countReturn: false }))
    expect(episode.measure([1]).delaySeconds).toBe(4.5 + 2 + 2.5)
    expect(episode.schedule([1])[0].transfers?.map(({ endSeconds, arrivalSeconds }) => [endSeconds, arrivalSeconds])).toEqual([
      [4, 4.5],
      [8.5, 9]
    ])
  })

  it('is decided by rank, which is the shorter of staying and going, and of equal ranks the last in the document is first', () => {
    // Ranks: c 4, b and d 4 + 4, a 4 + 8.
    const { order, workflows } = episodeOf(
      scenarioOf(nodes, links, [graph({ b: 1, a: 1, d: 1, c: 1 }, ['a b', 'a d', 'b c', 'd c'])], 'round-trip')
    )
    expect(order.map(({ task }) => workflows[0].tasks[task].id)).toEqual(['a', 'd', 'b', 'c'])
  })

  it('comes after its predecessors even where it takes no time', () => {
    const free = graph({ a: 0, b: 0, c: 0 }, ['a c', 'c b'])
    const { order, workflows } = episodeOf(scenarioOf(nodes, links, [free], 'round-trip'))
    expect(order.map(({ task }) => workflows[0].tasks[task].id)).toEqual(['a', 'c', 'b'])
  })
})

describe('a round trip that cannot be compiled', () => {
  const one = graph({ a: 1 }, [])
  const silent: Workflow = { ...one, tasks: [{ id: 'a', megacycles: 1, uploadMegabytes: 1 }] }
  it.each([
    [
      'between more than two places',
      [...nodes, edge('f')],
      links,
      one,
      'execution "round-trip" has two places, the device and one edge; topology "test" has 3: keep exactly one edge or cloud'
    ],
    ['without an edge', nodes.slice(0, 1), [], one, 'topology "test" has 1: keep exactly one edge or cloud'],
    ['without a link', nodes, [], one, 'no link joins device "d" of workflow "w" and "e"; add one'],
    [
      'with a task that does not say what it returns',
      nodes,
      links,
      silent,
      'task "a" of workflow "w" does not say resultMegabytes; execution "round-trip" needs it, 0 or more'
    ],
    [
      'with a negative upload',
      nodes,
      links,
      { ...one, tasks: [{ ...one.tasks[0], uploadMegabytes: -1 }] },
      'task "a" of workflow "w" says -1 as uploadMegabytes'
    ],
    ['of an unknown device', nodes, links, { ...one, device: 'x' }, '"x" is not a device of topology "test"']
  ])('%s says so', (_, someNodes, someLinks, flow, message) => {
    expect(() => episodeOf(scenarioOf(someNodes, someLinks, [flow], 'round-trip'))).toThrow(RangeError)
    expect(() => episodeOf(scenarioOf(someNodes, someLinks, [flow], 'round-trip'))).toThrow(message)
  })
})
