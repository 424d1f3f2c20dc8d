import type { Priority } from '@shared/run/marks'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RunQueue } from '../../../src/main/queue/queue'
import { PACE } from '../../../src/main/queue/supervisor'
import { REPORT_MS } from '../../../src/main/training/training-member'

type Act =
  | { do: 'push' | 'pushFirst'; id: string; priority: Priority }
  | { do: 'move'; id: string; before: string | undefined }
  | { do: 'prioritise'; id: string; priority: Priority }
  | { do: 'shift' }
  | { do: 'delete'; id: string }

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
const priority = fc.constantFrom<Priority>(-1, 0, 1)
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ do: fc.constantFrom('push' as const, 'pushFirst' as const), id, priority }),
  fc.record({ do: fc.constant('move' as const), id, before: fc.option(id, { nil: undefined }) }),
  fc.record({ do: fc.constant('prioritise' as const), id, priority }),
  fc.record({ do: fc.constant('shift' as const) }),
  fc.record({ do: fc.constant('delete' as const), id })
)

function perform(queue: RunQueue, step: Act): void {
  if (step.do === 'push' || step.do === 'pushFirst') {
    if (!queue.has(step.id)) queue[step.do]([step.id], step.priority)
  } else if (step.do === 'move') queue.move(step.id, step.before)
  else if (step.do === 'prioritise') queue.prioritise([step.id], step.priority)
  else if (step.do === 'shift') queue.shift()
  else queue.delete([step.id])
}

describe('the order of the queue', () => {
  it('is always one of priorities, holds nobody twice, and loses nobody who is only moved', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (steps) => {
        const queue = new RunQueue()
        for (const step of steps) {
          const before = queue.ids
          perform(queue, step)
          const priorities = queue.ids.map((each) => queue.priorityOf(each) ?? 0)
          expect(priorities).toEqual([...priorities].sort((a, b) => b - a))
          expect(new Set(queue.ids).size).toBe(queue.size)
          if (step.do === 'move' || step.do === 'prioritise') expect([...queue.ids].sort()).toEqual([...before].sort())
        }
      })
    )
  })

  it('leaves the others in theirs when one is moved', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 20 }), id, fc.option(id, { nil: undefined }), (steps, moved, before) => {
        const queue = new RunQueue()
        for (const step of steps) perform(queue, step)
        const others = queue.ids.filter((each) => each !== moved)
        queue.move(moved, before)
        expect(queue.ids.filter((each) => each !== moved)).toEqual(others)
      })
    )
  })

  it('puts a moved run where it was asked to be', () => {
    const queue = new RunQueue()
    queue.push(['a', 'b', 'c'])
    expect(queue.move('c', 'a')).toBe(0)
    expect(queue.ids).toEqual(['c', 'a', 'b'])
    queue.move('c', undefined)
    expect(queue.ids).toEqual(['a', 'b', 'c'])
    expect(queue.move('x', 'a')).toBeUndefined()
  })

  it('gives a moved run the priority of its new neighbour', () => {
    const queue = new RunQueue()
    queue.push(['a', 'b'])
    queue.push(['urgent'], 1)
    expect(queue.move('b', 'urgent')).toBe(1)
    expect(queue.ids).toEqual(['b', 'urgent', 'a'])
  })

  it('puts first, in their order, what is queued before the others of its priority', () => {
    const queue = new RunQueue()
    queue.push(['a', 'b'])
    queue.push(['urgent'], 1)
    queue.push(['late'], -1)
    queue.pushFirst(['c', 'd'])
    expect(queue.ids).toEqual(['urgent', 'c', 'd', 'a', 'b', 'late'])
    queue.pushFirst(['e'], -1)
    expect(queue.ids).toEqual(['urgent', 'c', 'd', 'a', 'b', 'e', 'late'])
  })

  it('takes first what is put back', () => {
    const queue = new RunQueue()
    queue.push(['a'], 1)
    queue.putBack('b')
    expect(queue.shift()).toBe('b')
  })
})

it('a report waits no longer than a second to be in the database, however many runs train side by side', () => {
  expect(REPORT_MS.most + PACE.coalesceMs).toBeLessThanOrEqual(1000)
})
