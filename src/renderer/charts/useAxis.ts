import { type Clock, clockOf, secondsAt, stepAt } from '@shared/curves/clock'
import type { CurveUnit } from '@shared/run/steps'
import { computed, type Ref } from 'vue'
import { kept } from '../services/kept'
import { text } from '../ui/text'
import type { AxisUnit } from './curve'
import type { Points } from './points'
import type { ZoomRange } from './useZoom'

/** What curves can be drawn over: the steps of their runs, seconds of training, or seconds that passed meanwhile. */
export const AXES = ['steps', 'seconds', 'clock'] as const
type CurveAxis = (typeof AXES)[number]

/** The axes as a choice, steps by their name. */
export function axisChoice(unit: CurveUnit): { value: CurveAxis; label: string }[] {
  return AXES.map((value) => ({ value, label: text.charts.xs[value === 'steps' ? unit : value] }))
}

/** A run as far as its clock follows from it. */
export interface Timed {
  learnSteps: number
  /** Seconds of training: its share where several runs trained side by side. */
  seconds: number
}

/** The clock of a run by its curve of learn steps per second of wall-clock time; undefined where curves are drawn over steps. */
export function runClock(axis: CurveAxis, speed: Points, { learnSteps, seconds }: Timed): Clock | undefined {
  if (axis === 'steps') return undefined
  const each = (offset: number) => speed.filter((_, i) => i % 2 === offset)
  return clockOf({ steps: each(0), values: each(1) }, learnSteps, axis === 'seconds' ? seconds : 0)
}

/** A curve by a clock; as it is where there is none. */
export function overClock(points: Points, clock: Clock | undefined): Points {
  return clock ? points.map((value, i) => (i % 2 === 1 ? value : secondsAt(clock, value))) : points
}

interface AxisGround {
  unit: Readonly<Ref<CurveUnit>>
  run: () => Timed
  /** Its curve of speeds, asked for only while it is needed. */
  speed: () => Points
  /** The steps in sight. */
  range: Readonly<Ref<ZoomRange | undefined>>
}

/** The x axis of a run's charts, which is kept: steps in sight stay what is chosen, and are shown on whichever axis there is. */
export function useAxis({ unit, run, speed, range }: AxisGround) {
  const axis = kept<CurveAxis>('curve-axis', 'steps', (stored) => AXES.find((each) => each === stored))
  const clock = computed(() => runClock(axis.value, axis.value === 'steps' ? new Float64Array(0) : speed(), run()))
  const x = computed<AxisUnit>(() => (axis.value === 'steps' ? unit.value : axis.value))
  const choice = computed(() => axisChoice(unit.value))
  /** A step on the axis. */
  const placeOf = (step: number) => (clock.value ? secondsAt(clock.value, step) : step)
  const stepOf = (place: number) => (clock.value ? stepAt(clock.value, place) : place)
  const shownRange = computed<ZoomRange | undefined>(() => range.value && [placeOf(range.value[0]), placeOf(range.value[1])])
  /** A stretch of the axis in steps. */
  const stepsIn = (stretch: ZoomRange | undefined): ZoomRange | undefined => stretch && [stepOf(stretch[0]), stepOf(stretch[1])]
  return { axis, x, choice, shownRange, placeOf, stepsIn, placed: (points: Points) => overClock(points, clock.value) }
}
