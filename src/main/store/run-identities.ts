import type { AlgorithmCard } from '@shared/algorithms/card'
import { StoreError } from './errors'
import { alikeIdOf, type StoredSpec, worldIdOf } from './identities'
import type { RunColumns, Unchanging } from './run-rows'
import { NO_SCENARIO, type Scenarios } from './scenarios'

/** A scenario's own part of it. */
type World = Omit<Unchanging, 'identity'> & { world: string }

/** What identifies each run but for its seed, and what its scenario calls its parts. It never changes, so it is worked out once for a run and a scenario. */
export class RunIdentities {
  readonly #scenarios: Scenarios
  readonly #known = new Map<string, Unchanging>()
  readonly #worlds = new Map<string, World>()
  #catalogue: readonly AlgorithmCard[] = []

  constructor(scenarios: Scenarios) {
    this.#scenarios = scenarios
  }

  /** The algorithms there are: their defaults stand for parameters that came later than a run. */
  useCatalogue(cards: readonly AlgorithmCard[]): void {
    this.#catalogue = cards
    this.#known.clear()
  }

  of({ id, scenarioId, spec }: RunColumns): Unchanging {
    const known = this.#known.get(id)
    if (known) return known
    const stored: StoredSpec = JSON.parse(spec)
    const { world, ...names } = this.#worldOf(scenarioId)
    if (scenarioId === NO_SCENARIO) {
      // Of what another tracker recorded nobody knows what else its runs share.
      const foreign = { identity: { world, alike: `foreign ${id}` }, ...names }
      this.#known.set(id, foreign)
      return foreign
    }
    const isDeterministic = this.#catalogue.find((card) => card.id === stored.algorithm)?.isDeterministic
    const alike = alikeIdOf(stored, world, this.#catalogue)
    const found = { identity: { world, alike, ...(isDeterministic && { isDeterministic }) }, ...names }
    this.#known.set(id, found)
    return found
  }

  #worldOf(scenarioId: string): World {
    const known = this.#worlds.get(scenarioId)
    if (known !== undefined) return known
    let found: World = { world: scenarioId, topology: '', workload: '' }
    try {
      const scenario = this.#scenarios.get(scenarioId)
      found = { world: worldIdOf(scenario), topology: scenario.topology.name, workload: scenario.workload.name }
    } catch (error) {
      // A damaged scenario is like no other; it is reported where it is opened.
      if (!(error instanceof StoreError)) throw error
    }
    this.#worlds.set(scenarioId, found)
    return found
  }
}
