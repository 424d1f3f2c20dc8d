import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { type AXES, axisChoice, overClock, runClock, useAxis } from '../../../src/renderer/charts/useAxis'

/** Values at every tenth step. */
const curve = (...values: number[]) => Float64Array.from(values.flatMap((value, i) => [10 * i, value]))
/** Ten steps at 10 a second, ten at 5 a second: three seconds on the wall. */
const SPEED = Float64Array.of(10, 10, 20, 5)

describe('a curve over another axis', () => {
  const over = (axis: (typeof AXES)[number], seconds: number, speed = SPEED) => [
    ...overClock(curve(3, 2, 1), runClock(axis, speed, { learnSteps: 20, seconds }))
  ]

  it('stands over the seconds its run took, by the speed of each stretch', () => {
    expect(over('seconds', 3)).toEqual([0, 3, 1, 2, 3, 1])
    expect(over('seconds', 6)).toEqual([0, 3, 2, 2, 6, 1])
    expect(over('seconds', 4, new Float64Array(0))).toEqual([0, 3, 2, 2, 4, 1])
  })

  it('stands over the seconds that passed meanwhile, whatever its share of them was', () => {
    expect(over('clock', 1)).toEqual([0, 3, 1, 2, 3, 1])
  })

  it('is as it was over its steps', () => {
    expect(over('steps', 1)).toEqual([...curve(3, 2, 1)])
  })
})

describe('the axis of a run', () => {
  it('shows the steps in sight wherever they stand on it, and takes a stretch of it as steps', () => {
    const range = ref<[number, number] | undefined>([10, 20])
    const { axis, x, shownRange, placeOf, stepsIn, placed } = useAxis({
      unit: ref('evaluations' as const),
      run: () => ({ learnSteps: 20, seconds: 6 }),
      speed: () => SPEED,
      range
    })
    expect([x.value, shownRange.value, placeOf(20), stepsIn([1, 2])]).toEqual(['evaluations', [10, 20], 20, [1, 2]])
    axis.value = 'seconds'
    expect([x.value, shownRange.value, placeOf(20), stepsIn([2, 6])]).toEqual(['seconds', [2, 6], 6, [10, 20]])
    axis.value = 'clock'
    expect([x.value, shownRange.value, stepsIn(undefined)]).toEqual(['clock', [1, 3], undefined])
    expect([...placed(curve(3, 2, 1))]).toEqual([0, 3, 1, 2, 3, 1])
    expect(axisChoice('evaluations').map(({ label }) => label)).toEqual(['evaluations', 'training s', 'wall-clock s'])
  })
})
