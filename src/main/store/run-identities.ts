import type { AlgorithmCard } from '@shared/algorithms/card'
import { StoreError } from './errors'
import { alikeIdOf, type StoredSpec, worldIdOf } from './identities'
import type { RunColumns, Unchanging } from './run-rows'
import { NO_SCENARIO, type Scenarios } from './scenarios'

/** A scenario's own part of it. */
type World = Omit<Unchanging, 'identity'> & { world: string; scenario: string }

/** The weights a run starts from, where a run of its own seed has learned them. */
interface OwnStart {
  /** What that run shares with its likes. */
  alike: string
  /** What they are called for all seeds. */
  name: string
}

/** What identifies each run but for its seed, and what its scenario calls its parts. It never changes, so it is worked out once for a run and a scenario. */
export class RunIdentities {
  readonly #scenarios: Scenarios
  /** A run's columns if they are sound, deleted runs included. */
  readonly #soundRun: (id: string) => RunColumns | undefined
  readonly #known = new Map<string, Unchanging>()
  readonly #worlds = new Map<string, World>()
  #catalogue: readonly AlgorithmCard[] = []

  /** Runs whose weights are being looked for: no run of a history starts from itself, but a file may say so. */
  readonly #asked = new Set<string>()

  constructor(scenarios: Scenarios, soundRun: (id: string) => RunColumns | undefined) {
    this.#scenarios = scenarios
    this.#soundRun = soundRun
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
    const { world, topology, workload } = this.#worldOf(scenarioId)
    if (scenarioId === NO_SCENARIO) {
      // Of what another tracker recorded nobody knows what else its runs share.
      const foreign = { identity: { world, alike: `foreign ${id}` }, topology, workload }
      this.#known.set(id, foreign)
      return foreign
    }
    const isDeterministic = this.#catalogue.find((card) => card.id === stored.algorithm)?.isDeterministic
    this.#asked.add(id)
    const start = this.#startOf(stored)
    this.#asked.delete(id)
    const alike = alikeIdOf(stored, world, this.#catalogue, start?.alike)
    const found = {
      identity: { world, alike, ...(start && { start: start.name }), ...(isDeterministic && { isDeterministic }) },
      topology,
      workload
    }
    this.#known.set(id, found)
    return found
  }

  /** What a run that is asked for would share with its likes; `world` is `worldIdOf` its scenario. */
  alikeOf(spec: StoredSpec, world: string): string {
    return alikeIdOf(spec, world, this.#catalogue, this.#startOf(spec)?.alike)
  }

  /** Undefined where weights are random, kept under a name, or of a run with another seed. */
  #startOf({ initialWeights, seed }: Pick<StoredSpec, 'initialWeights' | 'seed'>): OwnStart | undefined {
    const source = initialWeights && !this.#asked.has(initialWeights.name) ? this.#soundRun(initialWeights.name) : undefined
    if (!source) return undefined
    const { seed: own, algorithm, environments }: StoredSpec = JSON.parse(source.spec)
    if (own !== seed) return undefined
    const name = environments ? `${algorithm} over ${environments.name}` : `${algorithm} in ${this.#worldOf(source.scenarioId).scenario}`
    return { alike: this.of(source).identity.alike, name }
  }

  #worldOf(scenarioId: string): World {
    const known = this.#worlds.get(scenarioId)
    if (known !== undefined) return known
    // A damaged scenario is like no other, and what it calls its parts is not known.
    let found: World = { world: scenarioId, topology: '(damaged)', workload: '(damaged)', scenario: '(damaged)' }
    try {
      const scenario = this.#scenarios.get(scenarioId)
      found = { world: worldIdOf(scenario), topology: scenario.topology.name, workload: scenario.workload.name, scenario: scenario.name }
    } catch (error) {
      // It is reported where it is opened.
      if (!(error instanceof StoreError)) throw error
    }
    this.#worlds.set(scenarioId, found)
    return found
  }
}
