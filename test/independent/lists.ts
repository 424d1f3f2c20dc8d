/**
 * List heuristics again, written from their descriptions alone: nothing is imported from the product, every partial schedule is executed
 * from its beginning, and gaps are looked for by trying every moment. Slow and plain on purpose; the product must agree with it.
 */
import { type BatchWorld, execute, orderOf, placesOf, reachedBy, travelSeconds } from './batches'

type Task = [workflow: number, id: string]
/** [workflows] the node of each task. */
type Placement = Record<string, string>[]

const LISTS = ['heft', 'cpop', 'peft', 'min-min', 'max-min', 'sufferage'] as const
export type List = (typeof LISTS)[number]

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const same = ([x, id]: Task, [y, other]: Task) => x === y && id === other

interface Booked {
  task: Task
  node: string
  core: number
  start: number
  finish: number
}

/** A world as lists read it, where nothing waits or on machines that do one thing at a time. */
class Reader {
  readonly order: readonly Task[]

  constructor(
    readonly world: BatchWorld,
    readonly waits: boolean
  ) {
    this.order = orderOf(world)
  }

  workflow([x]: Task) {
    return this.world.workflows[x]
  }

  release(task: Task): number {
    return this.waits ? (this.workflow(task).releaseSeconds ?? 0) : 0
  }

  flowsInto(task: Task) {
    return this.workflow(task).flows.filter(({ to }) => to === task[1])
  }

  flowsOutOf(task: Task) {
    return this.workflow(task).flows.filter(({ from, to }) => from === task[1] && (to !== '@output' || this.world.objective.countReturn))
  }

  predecessors(task: Task): Task[] {
    return this.flowsInto(task).flatMap(({ from }) => (from === '@input' ? [] : [[task[0], from] as Task]))
  }

  compute(task: Task, node: { id: string; computeMHz: number }): number {
    if (!reachedBy(this.world, this.workflow(task)).some(({ id }) => id === node.id)) return Infinity
    return (this.workflow(task).tasks.find(({ id }) => id === task[1])?.megacycles ?? Number.NaN) / node.computeMHz
  }

  meanCompute(task: Task): number {
    return mean(reachedBy(this.world, this.workflow(task)).map((node) => this.compute(task, node)))
  }

  /** Over the routes that there are between places in reach. */
  meanTravel(task: Task, megabytes: number, from: 'device' | 'any', to: 'device' | 'any'): number {
    const workflow = this.workflow(task)
    const all = reachedBy(this.world, workflow).map(({ id }) => id)
    const ends = (which: 'device' | 'any') => (which === 'device' ? [workflow.device] : all)
    return mean(
      ends(from)
        .flatMap((p) => ends(to).map((q) => travelSeconds(this.world, p, q, megabytes)))
        .filter((each) => each < Infinity)
    )
  }

  up(task: Task): number {
    const after = this.flowsOutOf(task).map(({ to, megabytes }) =>
      to === '@output'
        ? this.meanTravel(task, megabytes, 'any', 'device')
        : this.meanTravel(task, megabytes, 'any', 'any') + this.up([task[0], to])
    )
    return this.meanCompute(task) + Math.max(0, ...after)
  }

  down(task: Task): number {
    const before = this.flowsInto(task).map(({ from, megabytes }) => {
      if (from === '@input') return this.meanTravel(task, megabytes, 'device', 'any')
      const producer: Task = [task[0], from]
      return this.down(producer) + this.meanCompute(producer) + this.meanTravel(task, megabytes, 'any', 'any')
    })
    return Math.max(0, ...before)
  }

  /** The optimistic cost of having a task at a node. */
  optimistic(task: Task, node: string): number {
    const workflow = this.workflow(task)
    const after = this.flowsOutOf(task).map(({ to, megabytes }) => {
      if (to === '@output') return node === workflow.device ? 0 : this.meanTravel(task, megabytes, 'any', 'device')
      const next: Task = [task[0], to]
      const apart = this.meanTravel(task, megabytes, 'any', 'any')
      return Math.min(
        ...placesOf(this.world, workflow).map(
          (place) => this.optimistic(next, place.id) + this.compute(next, place) + (place.id === node ? 0 : apart)
        )
      )
    })
    return Math.max(0, ...after)
  }

  /** Ready tasks of the workflows that are released first, in the world's order. */
  ready(taken: readonly Task[]): Task[] {
    const isTaken = (task: Task) => taken.some((other) => same(task, other))
    const all = this.order.filter((task) => !isTaken(task) && this.predecessors(task).every(isTaken))
    const first = Math.min(...all.map((task) => this.release(task)))
    return all.filter((task) => this.release(task) === first)
  }

  /** Where and when a task would run at a node: the earliest moment at which one of its cores is free for long enough. */
  slot(booked: readonly Booked[], task: Task, node: { id: string; computeMHz: number; cores?: number }): Booked {
    const length = this.compute(task, node)
    const arrivals = this.flowsInto(task).map(({ from, megabytes }) => {
      const producer = booked.find((each) => same(each.task, [task[0], from]))
      const source = from === '@input' ? this.workflow(task).device : (producer?.node ?? '')
      const sent = from === '@input' ? this.release(task) : (producer?.finish ?? Number.NaN)
      return source === node.id ? sent : sent + travelSeconds(this.world, source, node.id, megabytes)
    })
    const ready = Math.max(this.release(task), ...arrivals)
    if (length === Infinity || ready === Infinity) return { task, node: node.id, core: 0, start: Infinity, finish: Infinity }
    if (!this.waits) return { task, node: node.id, core: 0, start: ready, finish: ready + length }
    const tries = Array.from({ length: node.cores ?? 1 }, (_, core) => {
      const busy = booked.filter((each) => each.node === node.id && each.core === core)
      const moments = [ready, ...busy.map(({ finish }) => finish)].filter((at) => at >= ready).sort((a, b) => a - b)
      const start = moments.find((at) => busy.every((each) => each.finish <= at || each.start >= at + length)) ?? Number.NaN
      return { task, node: node.id, core, start, finish: start + length }
    })
    return tries.reduce((best, each) => (each.start < best.start ? each : best))
  }

  slots(booked: readonly Booked[], task: Task): Booked[] {
    return placesOf(this.world, this.workflow(task)).map((node) => this.slot(booked, task, node))
  }
}

function greatest<T>(items: readonly T[], value: (item: T) => number): T {
  const values = items.map(value)
  return items[values.indexOf(Math.max(...values))]
}

function least<T>(items: readonly T[], value: (item: T) => number): T {
  return greatest(items, (item) => -value(item))
}

function withInsertion(reader: Reader, next: (taken: readonly Task[]) => Task, value: (slot: Booked) => number): Placement {
  const booked: Booked[] = []
  while (booked.length < reader.order.length) {
    const task = next(booked.map((each) => each.task))
    booked.push(least(reader.slots(booked, task), value))
  }
  return placementOf(reader, booked)
}

function placementOf({ world }: Reader, booked: readonly Pick<Booked, 'task' | 'node'>[]): Placement {
  return world.workflows.map((_, x) =>
    Object.fromEntries(booked.filter(({ task }) => task[0] === x).map(({ task, node }) => [task[1], node]))
  )
}

function cpop(reader: Reader): Placement {
  const rank = new Map(reader.order.map((task) => [String(task), reader.up(task) + reader.down(task)]))
  const priority = (task: Task) => rank.get(String(task)) ?? Number.NaN
  const critical = new Map<string, string>()
  reader.world.workflows.forEach((workflow, x) => {
    const own = reader.order.filter(([y]) => y === x)
    let at: Task | undefined = greatest(
      own.filter((task) => reader.predecessors(task).length === 0),
      priority
    )
    const path: Task[] = []
    while (at) {
      const here: Task = at
      path.push(here)
      const after = own.filter((task) => reader.predecessors(task).some((other) => same(other, here)))
      at = after.length > 0 ? greatest(after, priority) : undefined
    }
    const place = least(placesOf(reader.world, workflow), (node) => path.reduce((sum, task) => sum + reader.compute(task, node), 0))
    for (const task of path) critical.set(String(task), place.id)
  })
  const isFirst = ({ task, node }: Booked) => critical.get(String(task)) === node
  return withInsertion(
    reader,
    (taken) => greatest(reader.ready(taken), priority),
    (slot) => (isFirst(slot) && slot.finish < Infinity ? -1 : slot.finish)
  )
}

function peft(reader: Reader): Placement {
  const table = new Map(
    reader.order.flatMap((task) =>
      placesOf(reader.world, reader.workflow(task)).map(({ id }) => [`${task} ${id}`, reader.optimistic(task, id)] as const)
    )
  )
  const cost = (task: Task, node: string) => table.get(`${task} ${node}`) ?? Number.NaN
  const rank = (task: Task) => mean(reachedBy(reader.world, reader.workflow(task)).map(({ id }) => cost(task, id)))
  return withInsertion(
    reader,
    (taken) => greatest(reader.ready(taken), rank),
    (slot) => slot.finish + cost(slot.task, slot.node)
  )
}

/** By the world's rule: every trial executes all that is booked, and the task, from the beginning. Machines are shared. */
function matching(reader: Reader, list: List): Placement {
  const { world } = reader
  const booked: { task: Task; node: string }[] = []
  const sequence = () => booked.map(({ task }) => task)
  const end = (task: Task, node: string): number => {
    const { tasks, delays } = execute(world, placementOf(reader, [...booked, { task, node }]), [...sequence(), task])
    return delays[task[0]] === Infinity ? Infinity : (tasks.at(-1)?.finish ?? Number.NaN)
  }
  while (booked.length < reader.order.length) {
    const trials = reader.ready(sequence()).map((task) => {
      const places = reachedBy(world, reader.workflow(task)).map(({ id }) => ({ id, ends: end(task, id) }))
      const first = least(places, ({ ends }) => ends)
      const second = Math.min(Infinity, ...places.filter((place) => place !== first).map(({ ends }) => ends))
      const value = { 'min-min': -first.ends, 'max-min': first.ends, sufferage: second - first.ends }[list as 'min-min']
      return { task, node: first.id, value }
    })
    booked.push(greatest(trials, ({ value }) => value))
  }
  return placementOf(reader, booked)
}

/** [workflows] where a list heuristic puts each task of a batch. `waits`: whether machines do one thing at a time. */
export function listPlacement(world: BatchWorld, list: List, waits: boolean): Placement {
  const reader = new Reader(world, waits)
  if (list === 'cpop') return cpop(reader)
  if (list === 'peft') return peft(reader)
  if (list !== 'heft') return matching(reader, list)
  return withInsertion(
    reader,
    (taken) => reader.order[taken.length],
    ({ finish }) => finish
  )
}
