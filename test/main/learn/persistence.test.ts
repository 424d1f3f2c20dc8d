import { describe, expect, it } from 'vitest'
import { Ensemble } from '../../../src/main/learn/ensemble'
import { openStreams } from '../../../src/main/learn/learner'
import type { NetworkShape } from '../../../src/main/learn/network'
import { packState, stackSnapshots, unpackState, unstackSnapshots } from '../../../src/main/learn/persistence'
import { randomStream } from '../../../src/shared/model/random'
import { CUT_OFF_EDGE, chainWorkflow, problemOf } from './worlds'

const shape: NetworkShape = { inputs: 3, hidden: 2, outputs: 2, head: 'plain' }
const snapshot = (seed: number, units: number) => ({ ...Ensemble.freshSnapshot(shape, units, randomStream(seed, 'init')), steps: 12 })

describe('a learner’s state', () => {
  const noEnds = { ...chainWorkflow('b', 'watch', [7, 8], [1, 1, 1]), flows: [{ from: 't1', to: 't2', megabytes: 0.1 + 0.2 }] }
  const workflows = [chainWorkflow('a', 'phone', [1 / 3, 5, 6], [1, 2, 3, Math.PI]), noEnds, chainWorkflow('c', 'phone', [9], [4, 5])]

  it('comes back from bytes as it was: weights, streams, and workflows of several lengths and devices', () => {
    const problem = problemOf(CUT_OFF_EDGE, { name: 'several', workflows })
    const streams = openStreams(3)
    for (const stream of Object.values(streams)) stream.normal()
    const state = { ensemble: snapshot(1, 2), streams, episodes: problem.heldOut, next: 2, extra: { previous: Uint8Array.of(1, 2) } }
    const { ensemble, streams: restored, episodes, next, extra } = unpackState(packState(state), problem)
    expect(ensemble).toEqual(state.ensemble)
    expect(next).toBe(2)
    expect(extra.previous).toEqual(state.extra.previous)
    const numbers = (list: typeof episodes) =>
      list.map(({ tasks, features, costs, context, world }) => ({ tasks, features, costs, context, world }))
    expect(numbers(episodes)).toEqual(numbers([...problem.heldOut]))
    for (const name of ['init', 'environment', 'action', 'replay'] as const) expect(restored[name].uint32()).toBe(streams[name].uint32())
  })
})

describe('snapshots of several members', () => {
  it('come apart as they were put together', () => {
    const members = [snapshot(1, 2), snapshot(2, 2), snapshot(3, 2)]
    expect(unstackSnapshots(stackSnapshots(members), 3)).toEqual(members)
  })

  it('are refused where the members have made different numbers of learn steps', () => {
    expect(() => stackSnapshots([snapshot(1, 2), { ...snapshot(2, 2), steps: 11 }])).toThrow('12 and 11 learn steps')
  })
})
