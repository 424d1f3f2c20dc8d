import { advance } from '@shared/model/advance'
import { tableCost } from '@shared/model/cost'
import type { Episode } from './episode'
import { greedyPlace } from './equations'
import type { ValueSource } from './plain-ensemble'
import type { ValueKind } from './policy'
import { restLength, type StateShape, writeRest } from './state'

/** Networks that see a whole workflow and place all of its tasks at once. */
export type WholeKind = Extract<ValueKind, 'placement-logits' | 'placement-questions'>

export function isOfWholes(kind: ValueKind): kind is WholeKind {
  return kind === 'placement-logits' || kind === 'placement-questions'
}

/** Writes [N·K] how much each place is preferred for each task, from a workflow's outputs at `at`. The greatest is what is proposed. */
export function writeScores(
  kind: WholeKind,
  { tasks, places: K }: StateShape,
  outputs: ArrayLike<number>,
  at: number,
  into: Float64Array
): void {
  if (kind === 'placement-logits') {
    for (let cell = 0; cell < tasks * K; cell++) into[cell] = outputs[at + cell]
    return
  }
  for (let i = 0; i < tasks; i++) {
    const [leaves, second] = [outputs[at + 2 * i], outputs[at + 2 * i + 1]]
    // A task that leaves prefers both other places, and of these the one that the second question says.
    into[i * K] = -leaves
    into[i * K + 1] = leaves > 0 ? Math.max(0, -second) : 0
    into[i * K + 2] = leaves > 0 ? Math.max(0, second) : 0
  }
}

/** Writes the whole workflow as networks see it at `out[at]`; `out` must hold zeros there. */
export const writeWhole = (episode: Episode, out: Float32Array, at: number) => writeRest(episode, 0, out, at)

/** [tasks] each task at its preferred place among those that a route leads to from the one before. */
export function placeByScores({ tasks, moves }: Pick<Episode, 'tasks' | 'moves'>, places: number, scores: ArrayLike<number>): Uint8Array {
  const placement = new Uint8Array(tasks)
  for (let i = 0, previous = 0; i < tasks; i++) {
    previous = placement[i] = greedyPlace(scores, i * places, moves, previous * places, places)
  }
  return placement
}

/**
 * [count at most] order-preserving candidates (L. Huang et al. 2020), of which the first is what is proposed. The n-th further one takes the
 * task with the n-th smallest margin of its first over its second choice, and moves it there with all tasks of a smaller margin that have
 * the same two choices in the same order. With two places these are the thresholds of the original.
 */
export function candidatesOf(
  episode: Pick<Episode, 'tasks' | 'moves'>,
  places: number,
  scores: ArrayLike<number>,
  count: number
): Uint8Array[] {
  const { tasks, moves } = episode
  const all = [placeByScores(episode, places, scores)]
  if (places === 1 || count === 1) return all
  const first = new Uint8Array(tasks)
  const second = new Uint8Array(tasks)
  const margins = new Float64Array(tasks)
  const others = new Uint8Array(places)
  for (let i = 0; i < tasks; i++) {
    // Places that the device has a route to, row 0 of the moves.
    others.set(moves.subarray(0, places))
    first[i] = greedyPlace(scores, i * places, others, 0, places)
    others[first[i]] = 0
    const next = greedyPlace(scores, i * places, others, 0, places)
    second[i] = next < 0 ? first[i] : next
    margins[i] = scores[i * places + first[i]] - scores[i * places + second[i]]
  }
  const order = Array.from({ length: tasks }, (_, i) => i).sort((a, b) => margins[a] - margins[b] || a - b)
  for (let n = 0; n < Math.min(count - 1, tasks); n++) {
    const turned = order[n]
    const wanted = first.slice()
    for (const i of order.slice(0, n + 1)) if (first[i] === first[turned] && second[i] === second[turned]) wanted[i] = second[i]
    const placement = new Uint8Array(tasks)
    for (let i = 0, previous = 0; i < tasks; i++) {
      const isOpen = moves[previous * places + wanted[i]] === 1
      previous = placement[i] = isOpen ? wanted[i] : greedyPlace(scores, i * places, moves, previous * places, places)
    }
    all.push(placement)
  }
  return all
}

/** Of several placements the one of least Q; its index. */
export function leastOf({ costs }: Episode, places: number, placements: readonly Uint8Array[]): number {
  let best = 0
  let least = Infinity
  placements.forEach((placement, at) => {
    const cost = tableCost(costs, places, placement)
    if (cost >= least) return
    least = cost
    best = at
  })
  return best
}

/** [units·episodes·outputs] what every unit gives for its member's episodes, the same number for each member. */
export function outputsOfWholes(ensemble: ValueSource, shape: StateShape, episodes: readonly (readonly Episode[])[]): Float32Array {
  const length = restLength(shape)
  const each = ensemble.units / episodes.length
  const size = episodes[0].length * length
  const inputs = new Float32Array(ensemble.units * size)
  episodes.forEach((own, m) => {
    const from = m * each * size
    own.forEach((episode, x) => {
      advance()
      writeWhole(episode, inputs, from + x * length)
    })
    for (let j = 1; j < each; j++) inputs.copyWithin(from + j * size, from, from + size)
  })
  return ensemble.values(inputs, 'online')
}

/**
 * [units][episodes][tasks] what every unit proposes for its member's episodes; with several candidates the one of least Q. `candidates`: of
 * all, or of each member.
 */
export function proposeAll(
  ensemble: ValueSource,
  { kind, shape }: { kind: WholeKind; shape: StateShape },
  episodes: readonly (readonly Episode[])[],
  candidates: number | readonly number[] = 1
): Uint8Array[][] {
  const outputs = outputsOfWholes(ensemble, shape, episodes)
  const count = episodes[0].length
  const each = ensemble.units / episodes.length
  const width = outputs.length / (ensemble.units * count)
  const scores = new Float64Array(shape.tasks * shape.places)
  return Array.from({ length: ensemble.units }, (_, unit) => {
    const member = Math.floor(unit / each)
    const most = typeof candidates === 'number' ? candidates : candidates[member]
    return episodes[member].map((episode, x) => {
      writeScores(kind, shape, outputs, (unit * count + x) * width, scores)
      const placements = candidatesOf(episode, shape.places, scores, most)
      return placements[leastOf(episode, shape.places, placements)]
    })
  })
}
