import type { ChangedGraphs, GraphLimits } from '@shared/contract/playground-graphs'
import { withGraphChanges } from '@shared/experiment/graph-changes'
import { compileWorld } from '@shared/model/compile'
import type { References } from '@shared/model/objective'
import { isStream } from '@shared/model/streams'
import { isGenerated } from '@shared/model/workload'
import type { RunSpec } from '@shared/run/spec'
import { assertBatchFits, readBatchPolicy } from '../learn/batches/policy'
import { compileBatchProblem, isOfBatches } from '../learn/batches/problem'
import { PolicyMisfitError } from '../learn/policy'
import { problemOptionsOf } from '../learn/problem'
import { type Known, PlayedWorld } from './played-world'

/** Worlds that are kept with all that was found in them: going back to one shows it at once. */
const MOST_WORLDS = 4

/** Streams may bring so many times as many workflows as they had: what places them looks at one release at a time. */
const LONGER_STREAM = 4

/** A policy of graphs or shared machines in a world that is changed by hand. */
export class GraphSession {
  readonly limits: GraphLimits
  readonly #spec: RunSpec
  readonly #policy: ReturnType<typeof readBatchPolicy>
  /** T_ref and E_ref of the world the policy was trained in: costs stay in one unit whatever is changed. */
  readonly #references: References
  /** By what was changed, oldest first. */
  readonly #worlds = new Map<string, PlayedWorld>()

  /** Throws PolicyMisfitError, RangeError. */
  constructor(spec: RunSpec, policyBytes: Uint8Array) {
    const { scenario } = spec
    if (!isOfBatches(scenario))
      throw new PolicyMisfitError('the policy was made for graphs or shared machines; this scenario has chains alone')
    this.#spec = spec
    this.#policy = readBatchPolicy(policyBytes)
    this.#references = compileWorld(scenario).references
    this.limits = this.#limits()
    this.#world({ links: [], nodes: [] })
  }

  /**
   * What the policy does where the world is as `changes` say, as far as it is known after each piece of work.
   * Throws RangeError for a link or node the topology does not have and for a workload that cannot be changed so, PolicyMisfitError for more
   * workflows together than the policy was made for.
   */
  play(changes: ChangedGraphs, sample?: string): AsyncGenerator<Known, void> {
    return this.#world(changes).play(sample)
  }

  #world(changes: ChangedGraphs): PlayedWorld {
    const key = JSON.stringify(changes)
    const known = this.#worlds.get(key)
    if (known) {
      this.#worlds.delete(key)
      this.#worlds.set(key, known)
      return known
    }
    const { scenario, heldOut, parameters } = this.#spec
    const problem = compileBatchProblem(
      { scenario: withGraphChanges(scenario, changes), heldOut, references: this.#references },
      problemOptionsOf(parameters)
    )
    assertBatchFits(this.#policy.card, problem)
    const world = new PlayedWorld(problem, this.#policy)
    this.#worlds.set(key, world)
    const [oldest] = this.#worlds.keys()
    if (this.#worlds.size > MOST_WORLDS) this.#worlds.delete(oldest)
    return world
  }

  #limits(): GraphLimits {
    const { scenario } = this.#spec
    const { workload, execution } = scenario
    // Elsewhere each workflow is an episode of its own.
    if (!isGenerated(workload) || execution !== 'shared') return {}
    const { together = 1, gapSeconds } = workload.generator
    const { shape } = this.#policy.card
    if (!isStream(scenario)) return 'together' in shape ? { together: shape.together } : {}
    return { together: LONGER_STREAM * together, gapSeconds }
  }
}
