import type { SharedExecutor } from '@shared/model/batch/shared'
import { Stream } from '@shared/model/search/causal'
import { type BatchShape, featureCount, Features } from './features'

/** One release, and the state of it that was looked at last. */
interface Part {
  from: number
  to: number
  /** The numbers of its workflows in the stream. */
  workflows: readonly number[]
  features: Features
  state: Float64Array
}

/**
 * Describes states of a stream to networks as they look when the next task is decided: by the workflows of its release and the clocks that
 * earlier ones have left. Nothing of what is released later is told, and bounds are of the release alone.
 */
export class StreamFeatures extends Features {
  readonly #stream: SharedExecutor
  readonly #parts: readonly Part[]
  /** [decisions] the number of the release that brings each. */
  readonly #number: Int32Array

  constructor(executor: SharedExecutor, shape: BatchShape) {
    super(executor, shape)
    const { batch } = executor
    this.#stream = executor
    this.#number = new Int32Array(batch.decisions)
    this.#parts = new Stream(executor).releases.map(({ from, to, executor: part }, number) => {
      this.#number.fill(number, from, to)
      const workflows = [...new Set(batch.workflowOf.subarray(from, to))]
      return { from, to, workflows, features: new Features(part, shape), state: new Float64Array(part.layout.size) }
    })
  }

  override bound(states: Float64Array, at: number): number {
    if (states[at] >= this.batch.decisions) return 0
    const { features, state } = this.#look(states, at)
    return features.bound(state, 0)
  }

  override describe(states: Float64Array, at: number, ahead: number, into: Float32Array, offset: number): number {
    if (states[at] >= this.batch.decisions) {
      into.fill(0, offset, offset + featureCount(this.shape, ahead))
      return 0
    }
    const { features, state } = this.#look(states, at)
    return features.describe(state, 0, ahead, into, offset)
  }

  /** The release of the next decision, in the state at `at`. */
  #look(states: Float64Array, at: number): Part {
    const part = this.#parts[this.#number[states[at]]]
    const { from, to, workflows, features, state } = part
    const whole = this.#stream.layout
    const own = features.executor.layout
    state[own.taken] = states[at] - from
    workflows.forEach((workflow, w) => {
      state[own.delay + w] = states[at + whole.delay + workflow]
    })
    state.set(states.subarray(at + whole.finish + from, at + whole.finish + to), own.finish)
    state.set(states.subarray(at + whole.place + from, at + whole.place + to), own.place)
    state.set(states.subarray(at + whole.clocks, at + whole.size), own.clocks)
    return part
  }
}
