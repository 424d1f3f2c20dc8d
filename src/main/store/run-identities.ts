import type { AlgorithmCard } from '@shared/algorithms/card'
import { StoreError } from './errors'
import { alikeIdOf, worldIdOf } from './identities'
import type { RunColumns, RunIdentity, StoredSpec } from './run-rows'
import type { Scenarios } from './scenarios'

/** What identifies each run but for its seed. It never changes, so it is worked out once for a run and a scenario. */
export class RunIdentities {
  readonly #scenarios: Scenarios
  readonly #known = new Map<string, RunIdentity>()
  readonly #worlds = new Map<string, Pick<RunIdentity, 'world' | 'topology'>>()
  #catalogue: readonly AlgorithmCard[] = []

  constructor(scenarios: Scenarios) {
    this.#scenarios = scenarios
  }

  /** The algorithms there are: their defaults stand for parameters that came later than a run. */
  useCatalogue(cards: readonly AlgorithmCard[]): void {
    this.#catalogue = cards
    this.#known.clear()
  }

  of({ id, scenarioId, spec }: RunColumns): RunIdentity {
    const known = this.#known.get(id)
    if (known) return known
    const stored: StoredSpec = JSON.parse(spec)
    const { world, topology } = this.#worldOf(scenarioId)
    const isDeterministic = this.#catalogue.find((card) => card.id === stored.algorithm)?.isDeterministic
    const alike = alikeIdOf(stored, world, this.#catalogue)
    const identity = { world, alike, ...(topology !== undefined && { topology }), ...(isDeterministic && { isDeterministic }) }
    this.#known.set(id, identity)
    return identity
  }

  #worldOf(scenarioId: string): Pick<RunIdentity, 'world' | 'topology'> {
    const known = this.#worlds.get(scenarioId)
    if (known !== undefined) return known
    let found: Pick<RunIdentity, 'world' | 'topology'> = { world: scenarioId }
    try {
      const scenario = this.#scenarios.get(scenarioId)
      found = { world: worldIdOf(scenario), topology: scenario.topology.name }
    } catch (error) {
      // A damaged scenario is like no other; it is reported where it is opened.
      if (!(error instanceof StoreError)) throw error
    }
    this.#worlds.set(scenarioId, found)
    return found
  }
}
