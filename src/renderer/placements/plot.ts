import { TIERS } from '@shared/model/topology'
import { spanPath } from './barPaths'
import type { Lanes } from './lanes'
import { type Hold, type BatchSchedule, waitersOf } from './schedule'

/** Pixels of the design: how high lanes are, and what stands in them. */
const HEIGHT = { node: 18, link: 13 }
const BAR = { node: 10, link: 6 }
/** Between the foot of a bar and that of its lane. */
const FOOT = 2.5
const STEP = { node: 1.8, link: 1.5 }
const MOST_WAITERS = 3
/** What a bar leaves free, so that the next one is told from it. */
const PARTING = 0.7

/** Where lanes and bars stand. x of seconds is `left + seconds · scale`. */
export interface PlotGround {
  lanes: Lanes
  left: number
  scale: number
}

const kindOf = (lanes: Lanes, i: number): 'node' | 'link' => (lanes.lanes[i].tier === undefined ? 'link' : 'node')

/** [lanes + 1] upper edges of the lanes, and the foot of the last. */
export function laneTops(lanes: Lanes): number[] {
  const tops = [0]
  for (let i = 0; i < lanes.lanes.length; i++) tops.push(tops[i] + HEIGHT[kindOf(lanes, i)])
  return tops
}

export interface BarBox {
  x: number
  y: number
  width: number
  height: number
}

/** Where the bar of a hold stands. */
export function boxOf(hold: Hold, { lanes, left, scale }: PlotGround, tops: readonly number[]): BarBox {
  const i = lanes.of(hold)
  const height = BAR[kindOf(lanes, i)]
  return {
    x: left + hold.start * scale,
    y: tops[i + 1] - FOOT - height,
    width: Math.max(1, (hold.end - hold.start) * scale - PARTING),
    height
  }
}

/** Bars by what they look like, each look as one path. */
export function barsOf(holds: readonly Hold[], ground: PlotGround, tops: readonly number[]): { look: string; path: string }[] {
  const looks = new Map<string, BarBox[]>([...TIERS, 'send', 'return'].map((look) => [look, []]))
  for (const hold of holds) {
    const look = hold.kind === 'compute' ? (ground.lanes.lanes[ground.lanes.of(hold)].tier ?? 'device') : hold.kind
    looks.get(look)?.push(boxOf(hold, ground, tops))
  }
  return [...looks].map(([look, boxes]) => ({
    look,
    path: boxes.map(({ x, y, width, height }) => `M${round(x)} ${y}h${round(width)}v${height}h${-round(width)}z`).join('')
  }))
}

const round = (value: number): number => Math.round(value * 10) / 10

/** Strips over the bars, a step higher for each that waits, three at most. */
export function waitsPath({ holds }: Pick<BatchSchedule, 'holds'>, { lanes, left, scale }: PlotGround, tops: readonly number[]): string {
  const byLane = lanes.lanes.map((): Hold[] => [])
  for (const hold of holds) byLane[lanes.of(hold)].push(hold)
  return byLane
    .flatMap((own, i) => {
      const kind = kindOf(lanes, i)
      const foot = tops[i + 1] - FOOT - BAR[kind] - 1.5
      return waitersOf(own).map(({ from, to, waiters }) => {
        const height = STEP[kind] * Math.min(MOST_WAITERS, waiters)
        return spanPath([{ x: left + from * scale, width: (to - from) * scale, y: foot - height }], height)
      })
    })
    .join('')
}

/** Along the feet of the bars of a path, upright between lanes. Uprights stand behind the bars. */
export function pathLines(path: readonly Hold[], ground: PlotGround, tops: readonly number[]): { along: string; upright: string } {
  const along: string[] = []
  const upright: string[] = []
  path.forEach((hold, i) => {
    const { lanes, left, scale } = ground
    const foot = tops[lanes.of(hold) + 1] - FOOT + 0.75
    along.push(`M${round(left + hold.start * scale)} ${foot}H${round(left + hold.end * scale)}`)
    const next = path[i + 1]
    if (!next) return
    const x = round(left + next.start * scale)
    const to = tops[lanes.of(next) + 1] - FOOT + 0.75
    upright.push(`M${round(left + hold.end * scale)} ${foot}H${x}V${to}`)
  })
  return { along: along.join(''), upright: upright.join('') }
}

/** The hold under a point: its bar, or the nearest one of its lane within a few pixels; undefined beside all. */
export function holdAt(schedule: BatchSchedule, ground: PlotGround, tops: readonly number[], x: number, y: number): number | undefined {
  const lane = tops.findIndex((top, i) => y >= top && y < tops[i + 1])
  if (lane < 0) return undefined
  let best: number | undefined
  let least = REACH
  schedule.holds.forEach((hold, i) => {
    if (ground.lanes.of(hold) !== lane) return
    const box = boxOf(hold, ground, tops)
    const away = Math.max(box.x - x, x - box.x - box.width, 0)
    if (away < least) [best, least] = [i, away]
  })
  return best
}
/** Pixels beside a bar that still mean it. */
const REACH = 4
