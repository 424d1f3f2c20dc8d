import type { InspectedBatch } from '@shared/contract/placements'
import { describe, expect, it } from 'vitest'
import { laneFigures, lanesOf, MOST_LANES, queuesOf } from '../../../src/renderer/placements/lanes'
import {
  aheadOf,
  criticalPath,
  labelOf,
  workflowLetter,
  type BatchSchedule,
  scheduleOf,
  waitersOf,
  waitOf
} from '../../../src/renderer/placements/schedule'
import { cloud, device, edge, episodeOf, link, placementOf, scenarioOf, workflow } from '../../shared/model/batch/worlds'

type Episode = ReturnType<typeof episodeOf>

function batchOf(episode: Episode): Pick<InspectedBatch, 'workflows'> {
  return { workflows: episode.workflows.map((each, w) => ({ ...each, places: [...episode.locations(w)] })) }
}

function placed(episode: Episode, where: Record<string, string>): BatchSchedule {
  const placement = placementOf(episode, where)
  return scheduleOf(batchOf(episode), { cost: episode.total(placement), workflows: episode.schedule(placement) })
}

/** What holds what, as people would write it down: "b1 at e 5–8". */
const written = ({ holds }: BatchSchedule, indices: readonly number[]) =>
  indices.map((i) => `${labelOf(holds[i])} ${holds[i].kind} ${holds[i].machine} ${holds[i].start}–${holds[i].end}`)

// a's 10 MB are on the link from 0 to 10, b's follow until 11; b waits at the edge for a.
const queue = () =>
  episodeOf(scenarioOf([device('d'), edge('e')], [link('d', 'e')], [workflow('w', { a: 5, b: 2 }, ['@input a 10', '@input b 1'])]))

describe('the schedule of a batch', () => {
  it('says when everything could have begun and who was ahead', () => {
    const schedule = placed(queue(), { a: 'e', b: 'e' })
    const b = schedule.holds.findIndex(({ kind, task }) => kind === 'compute' && task === 1)
    expect(schedule.holds[b]).toMatchObject({ since: 11, start: 15, end: 17, machine: 'e', row: 0 })
    expect(waitOf(schedule.holds[b])).toBe(4)
    expect(written(schedule, aheadOf(schedule, b))).toEqual(['A1 compute e 10–15'])
    const sent = schedule.holds.findIndex(({ kind, task }) => kind === 'send' && task === 1)
    expect(waitOf(schedule.holds[sent])).toBe(10)
    expect(schedule.end).toBe(17)
  })

  it('has a critical path from the release to the end, through queues where there are any', () => {
    const schedule = placed(queue(), { a: 'e', b: 'e' })
    expect(written(schedule, criticalPath(schedule))).toEqual(['A1 send d → e 0–10', 'A1 compute e 10–15', 'A2 compute e 15–17'])
  })

  it('has a critical path through what arrives last, latency included, and back to the device', () => {
    const links = [link('d', 'e', 2, { latencyMs: 1000 }), link('e', 'c', 4)]
    const graph = workflow('w', { a: 2, b: 1 }, ['@input a 8', 'a b 4', 'b @output 2'])
    const schedule = placed(episodeOf(scenarioOf([device('d'), edge('e'), cloud('c')], links, [graph])), { a: 'c', b: 'd' })
    const path = criticalPath(schedule)
    expect(written(schedule, path)).toEqual([
      'A1 send d → e 0–4',
      'A1 send e → c 5–7',
      'A1 compute c 7–9',
      'A2 send c → e 9–10',
      'A2 send e → d 10–12',
      'A2 compute d 13–14'
    ])
    // Each begins when the one before it has arrived.
    path.slice(1).forEach((index, i) => expect(schedule.holds[index].start).toBe(schedule.holds[path[i]].arrival))
  })

  it('counts who waits at once', () => {
    const graph = workflow('w', { a: 8, b: 5, c: 4 }, [])
    const schedule = placed(episodeOf(scenarioOf([device('d')], [], [graph])), { a: 'd', b: 'd', c: 'd' })
    expect(waitersOf(schedule.holds)).toEqual([
      { from: 0, to: 8, waiters: 2 },
      { from: 8, to: 13, waiters: 1 }
    ])
  })

  it('marks a return as such', () => {
    const graph = workflow('w', { a: 1 }, ['@input a 2', 'a @output 3'])
    const schedule = placed(episodeOf(scenarioOf([device('d'), edge('e')], [link('d', 'e')], [graph])), { a: 'e' })
    expect(schedule.holds.map(({ kind }) => kind)).toEqual(['compute', 'send', 'return'])
  })

  it('names workflows by letters', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(workflowLetter)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'])
  })
})

describe('the lanes of a schedule', () => {
  it('are one a core and one a link direction, both of a link together, with busy shares and waits', () => {
    const episode = queue()
    const schedules = [placed(episode, { a: 'e', b: 'e' }), placed(episode, { a: 'd', b: 'e' })]
    const lanes = lanesOf(batchOf(episode), schedules)
    expect(lanes.lanes.map(({ id }) => id)).toEqual(['d/0', 'e/0', 'd → e/0'])
    expect(laneFigures(schedules[0], lanes)).toEqual([
      { busy: 0, waited: 0 },
      { busy: 7 / 17, waited: 4 },
      { busy: 11 / 17, waited: 10 }
    ])
    expect(queuesOf(schedules)).toEqual([
      { machine: 'd → e', waited: [10, 0] },
      { machine: 'e', waited: [4, 0] },
      { machine: 'd', waited: [0, 0] }
    ])
  })

  it('are as many as cores are used', () => {
    const graph = workflow('w', { a: 8, b: 5, c: 4 }, [])
    const episode = episodeOf(scenarioOf([device('d', { cores: 3 })], [], [graph]))
    const lanes = lanesOf(batchOf(episode), [placed(episode, { a: 'd', b: 'd', c: 'd' })])
    expect(lanes.lanes.map(({ machine, core }) => [machine, core])).toEqual([
      ['d', 1],
      ['d', 2],
      ['d', 3]
    ])
  })

  it('fold beyond so many: idle ones first, then the links of each node', () => {
    const many = Array.from({ length: MOST_LANES }, (_, i) => `e${i}`)
    const links = many.map((id) => link('d', id))
    const nodes = [device('d'), ...many.map((id) => edge(id))]
    const one = episodeOf(scenarioOf(nodes, links, [workflow('w', { a: 1 }, ['@input a 1'])]))
    const idle = lanesOf(batchOf(one), [placed(one, { a: 'e3' })])
    expect(idle.lanes.map(({ id }) => id)).toEqual(['e3/0', 'd → e3/0'])
    expect(idle.idle).toBe(MOST_LANES)
    expect(lanesOf(batchOf(one), [placed(one, { a: 'e3' })], true).lanes).toHaveLength(MOST_LANES + 2)

    const tasks = Object.fromEntries(many.map((_, i) => [`t${i}`, 1]))
    const wide = episodeOf(
      scenarioOf(nodes, links, [
        workflow(
          'w',
          tasks,
          many.map((_, i) => `@input t${i} 1`)
        )
      ])
    )
    const schedule = placed(wide, Object.fromEntries(many.map((id, i) => [`t${i}`, id])))
    const { lanes, of } = lanesOf(batchOf(wide), [schedule])
    expect(lanes).toHaveLength(MOST_LANES + 1)
    expect(lanes.at(-1)).toMatchObject({ machine: 'd →', directions: MOST_LANES })
    expect(of(schedule.holds.find(({ kind }) => kind === 'send') ?? schedule.holds[0])).toBe(MOST_LANES)
  })
})
