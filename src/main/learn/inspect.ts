import type { InspectedWorkflow, PlacedWorkflow, PlacementList } from '@shared/contract/placements'
import { parametersOfRun } from '@shared/algorithms/parameters'
import type { RunSpec } from '@shared/run/spec'
import { type Losses, lossesOf } from '@shared/experiment/losses'
import { optimalityGap, type Reference } from '@shared/model/world'
import { chainDelay, chainEnergy, flowSeconds, tableCost } from '@shared/model/cost'
import { environmentOf } from '@shared/model/scenario'
import { chainTimeline } from '@shared/model/timeline'
import { bestOfUnits, placementsOfUnits } from './decision'
import { valuesAfter } from './equations'
import type { Episode } from './episode'
import { type PlacingAlgorithm, placeAll, placingTask } from './placing'
import { PlainEnsemble } from './plain-ensemble'
import { assertFits, type PolicyCard, readPolicy } from './policy'
import { compileProblem, type Problem, problemOptionsOf } from './problem'
import { restLength, stateLength, writeRest, writeState } from './state'
import { isOfWholes, outputsOfWholes, type WholeKind, writeScores } from './whole'

/** Workflows decided in one go before others get a turn: a few milliseconds. */
export const SLICE = 8

/** What places a run's workflows: its trained policy's bytes, or its algorithm. */
export type Placer = { policy: Uint8Array } | { algorithm: PlacingAlgorithm }

interface Networks {
  card: PolicyCard
  ensemble: PlainEnsemble
}

/** A problem and the optima of its held-out workflows: the same for runs that differ only in their seed. */
export interface InspectedProblem {
  problem: Problem
  /** [held-out workflows]. */
  optima: readonly Reference[]
}

/** Throws what `compileProblem` throws. */
export function inspectedProblem(spec: RunSpec): InspectedProblem {
  const problem = compileProblem(spec, problemOptionsOf(spec.parameters))
  return { problem, optima: problem.heldOut.map(({ model }) => model.reference()) }
}

/** The optimum's placement: of a chain it is always known. */
const placementOf = ({ placement }: Reference) => placement ?? new Uint8Array()

/** A run's held-out workflows and how its policy places them. Loads no tensors. */
export class Inspection {
  readonly #problem: Problem
  readonly #optima: readonly Reference[]
  readonly #networks: Networks | undefined
  #placements: Promise<readonly Uint8Array[]>

  /** Throws RangeError where the bytes hold no policy, PolicyMisfitError where it was made for another shape. */
  constructor(spec: RunSpec, placer: Placer, { problem, optima }: InspectedProblem = inspectedProblem(spec)) {
    this.#problem = problem
    this.#optima = optima
    if ('policy' in placer) {
      const { card, weights } = readPolicy(placer.policy)
      assertFits(card, this.#problem)
      this.#networks = { card, ensemble: new PlainEnsemble(card.network, weights) }
      this.#placements = this.#decideAll(this.#networks)
    } else {
      const { card } = placer.algorithm
      const parameters = parametersOfRun(card, spec.parameters)
      this.#placements = placeAll(placer.algorithm, placingTask(this.#problem, { parameters, seed: spec.seed }))
    }
  }

  /** Every held-out workflow, in the order of the evaluation. */
  async list(): Promise<PlacementList> {
    const { heldOut, shape, compiled } = this.#problem
    const placements = await this.#placements
    const { locations } = environmentOf(compiled.environments, heldOut[0].chain)
    const shares = (all: readonly Uint8Array[]) => {
      const counts = locations.map(() => 0)
      for (const placement of all) for (const place of placement) counts[place]++
      const tasks = counts.reduce((sum, count) => sum + count, 0)
      return counts.map((count) => count / tasks)
    }
    const [own, best] = [shares(placements), shares(this.#optima.map(placementOf))]
    return {
      workflows: heldOut.map((episode, x) => {
        const cost = tableCost(episode.costs, shape.places, placements[x])
        const gap = optimalityGap(cost, this.#optima[x])
        return { id: episode.chain.id, device: episode.chain.device, tasks: episode.tasks, cost, gap }
      }),
      places: locations.map(({ id, tier }, k) => ({ id: k === 0 ? 'own device' : id, tier, share: own[k], optimumShare: best[k] }))
    }
  }

  /** Where the placements cost more than the optimum, over all held-out workflows. */
  async losses(): Promise<Losses> {
    const { heldOut, compiled } = this.#problem
    const placements = await this.#placements
    const placed = heldOut.map(({ chain }, x) => ({
      environment: environmentOf(compiled.environments, chain),
      chain,
      placement: placements[x],
      optimum: placementOf(this.#optima[x]),
      optimumCost: this.#optima[x].upper
    }))
    return lossesOf(compiled.scenario.objective, compiled.references, placed)
  }

  /** One held-out workflow; undefined where none is called so. */
  async workflow(id: string): Promise<InspectedWorkflow | undefined> {
    const { heldOut, shape, compiled } = this.#problem
    const x = heldOut.findIndex((episode) => episode.chain.id === id)
    if (x < 0) return undefined
    const placement = (await this.#placements)[x]
    const episode = heldOut[x]
    const { chain } = episode
    const best = this.#optima[x]
    const optimum = placementOf(best)
    const units = this.#networks ? this.#unitsOf(this.#networks, episode, best) : []
    const least = Math.min(...units.map((unit) => unit.cost))
    return {
      id,
      device: chain.device,
      places: environmentOf(compiled.environments, chain).locations.map((place) => ({ ...place })),
      tasks: chain.taskIds.map((task, i) => ({ id: task, megacycles: chain.megacycles[i] })),
      megabytes: Array.from(chain.megabytes, (size) => (Number.isNaN(size) ? null : size)),
      gap: optimalityGap(tableCost(episode.costs, shape.places, placement), best),
      policy: this.#placed(episode, placement),
      optimum: this.#placed(episode, optimum),
      units,
      ...(units.length > 0 && { winner: units.findIndex((unit) => unit.cost === least) })
    }
  }

  #placed({ chain, costs, tasks }: Episode, placement: Uint8Array): PlacedWorkflow {
    const { compiled, shape } = this.#problem
    const environment = environmentOf(compiled.environments, chain)
    const { countReturn } = compiled.scenario.objective
    return {
      delaySeconds: chainDelay(environment, chain, countReturn, placement),
      energyJoules: chainEnergy(environment, chain, countReturn, placement),
      cost: tableCost(costs, shape.places, placement),
      tasks: chainTimeline(environment, chain, countReturn, placement),
      returnSeconds: countReturn ? flowSeconds(environment, placement[tasks - 1], 0, chain.megabytes[tasks]) : 0
    }
  }

  async #decideAll(networks: Networks): Promise<readonly Uint8Array[]> {
    const { heldOut, shape } = this.#problem
    const all: Uint8Array[] = []
    for (let from = 0; from < heldOut.length; from += SLICE) {
      const episodes = heldOut.slice(from, from + SLICE)
      all.push(...bestOfUnits(episodes, shape.places, this.#unitPlacements(networks, episodes)).placements)
      // Whatever else the program has to do comes in between.
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
    return all
  }

  /** [units][episodes][tasks] of the networks' own placements. */
  #unitPlacements({ card, ensemble }: Networks, episodes: readonly Episode[]): Uint8Array[][] {
    return placementsOfUnits(ensemble, card, [episodes])
  }

  /** What each unit proposes for an episode, and how it values every place on its own way. */
  #unitsOf(networks: Networks, episode: Episode, best: Reference): InspectedWorkflow['units'] {
    const { shape } = this.#problem
    const unitPlacements = this.#unitPlacements(networks, [episode]).map(([placement]) => placement)
    const values = this.#values(networks, episode, unitPlacements)
    return unitPlacements.map((placement, unit) => {
      const cost = tableCost(episode.costs, shape.places, placement)
      return { cost, gap: optimalityGap(cost, best), placement: [...placement], values: values[unit] }
    })
  }

  /** [units][N][K] the preference for each place at each task, of networks that place whole workflows. */
  #scores(kind: WholeKind, ensemble: PlainEnsemble, episode: Episode, unitPlacements: readonly Uint8Array[]): (number | null)[][][] {
    const { shape } = this.#problem
    const K = shape.places
    const outputs = outputsOfWholes(ensemble, shape, [[episode]])
    const scores = new Float64Array(shape.tasks * K)
    return unitPlacements.map((placement, unit) => {
      writeScores(kind, shape, outputs, (unit * outputs.length) / unitPlacements.length, scores)
      return Array.from(placement, (_, i) => {
        const previous = i === 0 ? 0 : placement[i - 1]
        return Array.from({ length: K }, (__, place) => (episode.moves[previous * K + place] ? scores[i * K + place] : null))
      })
    })
  }

  /** [units][N][K] the value of each place at each task; null where no route leads there. */
  #values({ card, ensemble }: Networks, episode: Episode, unitPlacements: readonly Uint8Array[]): (number | null)[][][] {
    const { shape } = this.#problem
    const { costScale, moves } = episode
    const K = shape.places
    const N = episode.tasks
    if (isOfWholes(card.kind)) return this.#scores(card.kind, ensemble, episode, unitPlacements)
    const after = card.kind === 'after-values'
    const length = after ? restLength(shape) : stateLength(shape)
    const inputs = new Float32Array(ensemble.units * N * length)
    unitPlacements.forEach((placement, unit) => {
      for (let i = 0; i < N; i++) {
        const at = (unit * N + i) * length
        // After-values are of what remains once the task is placed.
        if (after) writeRest(episode, i + 1, inputs, at)
        else writeState(K, episode, i, i === 0 ? 0 : placement[i - 1], inputs, at)
      }
    })
    const raw = ensemble.values(inputs)
    const outputs = raw.length / (ensemble.units * N)
    return unitPlacements.map((placement, unit) => {
      const outlook = { ...episode, values: raw, at: unit * N * K }
      return Array.from({ length: N }, (_, i) => {
        const planned = new Float64Array(K)
        if (after) valuesAfter(outlook, i, card.horizon ?? 1, planned)
        return Array.from({ length: K }, (_, place) => {
          const previous = i === 0 ? 0 : placement[i - 1]
          if (!moves[previous * K + place]) return null
          if (!after) return raw[(unit * N + i) * outputs + place]
          return -episode.costs[(i * K + previous) * K + place] / costScale + planned[place]
        })
      })
    })
  }
}
