import type { Tier } from '@shared/model/topology'
import { computed, onScopeDispose, type Ref, shallowRef, watch } from 'vue'
import type { DrawnNode } from './drawing'
import { type Drawing, NODE } from './drawing'
import type { Point } from './edit'
import { journeyOf, legAt } from './journey'
import { type Lit, litBy, mapOf, transferBetween } from './reach'
import { MOST_AT_ONCE, type Samples, samplesOn } from './sample'
import { middleOf } from './shapes'
import { type Worth, worthOf } from './worth'

const PAUSE_MS = 250
/** How long a whole workflow takes to flow over the map, whatever its T. */
const FLOW_MS = 12_000

/** What the model says of a drawing: routes, the sample's exact optimum and its way over the map, what a node is worth. */
export function useInsight(
  drawing: Readonly<Ref<Drawing>>,
  hasFaults: Readonly<Ref<boolean>>,
  selected: Readonly<Ref<readonly DrawnNode[]>>
) {
  const map = computed(() => mapOf(drawing.value))
  const megabytes = shallowRef(20)
  const from = shallowRef('')
  const to = shallowRef('')
  const transfer = computed(() =>
    from.value && to.value && from.value !== to.value ? transferBetween(map.value, from.value, to.value, megabytes.value) : undefined
  )

  // The optimum is computed once the hand rests, and of large maps when it is asked for.
  const samples = shallowRef<Samples>()
  const chosen = shallowRef(0)
  const isWaiting = shallowRef(false)
  const worth = shallowRef<Worth>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const compute = (): void => {
    isWaiting.value = false
    samples.value = hasFaults.value ? undefined : samplesOn(map.value.topology)
    weigh()
  }
  function weigh(): void {
    const [node] = selected.value
    worth.value =
      samples.value && selected.value.length === 1 && drawing.value.nodes.length <= MOST_AT_ONCE
        ? worthOf(map.value.topology, samples.value, node.name)
        : undefined
  }
  watch(
    [map, hasFaults],
    () => {
      clearTimeout(timer)
      const isLarge = drawing.value.nodes.length > MOST_AT_ONCE
      if (isLarge || hasFaults.value) samples.value = undefined
      isWaiting.value = isLarge && !hasFaults.value
      if (!isLarge) timer = setTimeout(compute, PAUSE_MS)
    },
    { immediate: true }
  )
  watch(() => selected.value.map((node) => node.key).join(' '), weigh)

  const sample = computed(() => samples.value?.workflows[chosen.value] ?? samples.value?.workflows[0])
  const journey = computed(() => sample.value && journeyOf(map.value, sample.value))
  const tiers = computed<ReadonlyMap<string, Tier>>(() => new Map(drawing.value.nodes.map((node) => [node.name, node.tier])))

  const seconds = shallowRef<number>()
  const isFlowing = shallowRef(false)
  let frame = 0
  function stop(): void {
    cancelAnimationFrame(frame)
    isFlowing.value = false
  }
  function play(): void {
    if (isFlowing.value) {
      stop()
      seconds.value = undefined
      return
    }
    const end = journey.value?.end ?? 0
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
    seconds.value = 0
    isFlowing.value = true
    // Under reduced motion nothing moves by itself: the slider shows each moment.
    if (isStill) return
    const began = performance.now()
    const tick = (now: number): void => {
      const share = Math.min(1, (now - began) / FLOW_MS)
      seconds.value = share * end
      if (share < 1) frame = requestAnimationFrame(tick)
      else stop()
    }
    frame = requestAnimationFrame(tick)
  }
  watch(journey, () => {
    stop()
    seconds.value = undefined
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    stop()
  })

  const leg = computed(() => (journey.value && seconds.value !== undefined ? legAt(journey.value, seconds.value) : undefined))
  const parcel = computed<Point | undefined>(() => {
    const at = leg.value
    if (!at || seconds.value === undefined) return undefined
    const placeOf = (name: string) => {
      const node = drawing.value.nodes.find((each) => each.name === name)
      return node && middleOf(node)
    }
    if (at.kind === 'compute') {
      const place = placeOf(at.node)
      return place && { x: place.x, y: place.y - NODE.height / 2 }
    }
    const [a, b] = [placeOf(at.from), placeOf(at.to)]
    if (!a || !b) return undefined
    const share = at.end > at.start ? (seconds.value - at.start) / (at.end - at.start) : 1
    return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share }
  })
  /** Tasks of the sample by node, while it flows. */
  const tasks = computed<ReadonlyMap<string, number>>(() => {
    const counts = new Map<string, number>()
    if (seconds.value !== undefined) for (const { node } of sample.value?.spans ?? []) counts.set(node, (counts.get(node) ?? 0) + 1)
    return counts
  })
  /** The link under way bears the time of this transfer, the others of the journey that of all their transfers. */
  const underWay = computed(() => (leg.value?.kind === 'hop' ? map.value.keyOf.get(leg.value.link) : undefined))
  const lit = computed<Lit>(() => {
    if (seconds.value === undefined || !journey.value) return transfer.value?.lit ?? new Map()
    const all = litBy(map.value, journey.value.paths)
    const at = leg.value
    return underWay.value !== undefined && at ? new Map([...all, [underWay.value, at.end - at.start]]) : all
  })
  /** Links whose time is a sum. */
  const summed = computed<ReadonlySet<string>>(() =>
    seconds.value !== undefined && journey.value ? new Set([...lit.value.keys()].filter((key) => key !== underWay.value)) : new Set()
  )

  return {
    map,
    megabytes,
    from,
    to,
    transfer,
    samples,
    chosen,
    isWaiting,
    compute,
    sample,
    journey,
    tiers,
    seconds,
    isFlowing,
    play,
    leg,
    parcel,
    tasks,
    lit,
    summed,
    worth
  }
}
