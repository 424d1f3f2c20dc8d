import { expect } from 'vitest'
import type { RunSpec } from '@shared/run/spec'
import type { ParameterValues } from '@shared/algorithms/parameters'
import type { RandomStream } from '@shared/model/random'
import { ALGORITHMS } from '../../../src/main/algorithms'
import { isLearned, type LearnedAlgorithm } from '../../../src/main/learn/learner'
import { bitsOf } from '../../main/faults/bits'
import { GRAPH_WORLDS } from '../../main/learn/batches'
import { GENERATED, ONE_EDGE_ONE_CLOUD, scenario, smallParameters } from '../../main/learn/worlds'
import { openLive } from '../live'
import type { Measures, Row } from '../row'
import type { Scratch } from '../scratch'

/** What is trained twice: alone, or with the seeds of one run side by side. */
interface Kind {
  what: 'chains' | 'graphs' | 'meta'
  spec: Omit<RunSpec, 'seed'>
}

const LEARNED = ALGORITHMS.filter((algorithm): algorithm is LearnedAlgorithm => isLearned(algorithm))
/** Beyond update 137, where an optimiser that keeps rounded powers of its means would go astray. */
const LENGTH = 500
const chain = scenario(ONE_EDGE_ONE_CLOUD, GENERATED)
const environments: RunSpec['environments'] = {
  name: 'around',
  topologies: [],
  family: { around: ONE_EDGE_ONE_CLOUD, members: 12, seed: 3, bandwidth: 0.4, serverSpeed: 0.4, deviceSpeed: 0.2, energy: 0 }
}

function kindOf(algorithm: LearnedAlgorithm, what: Kind['what'], changes: ParameterValues, more: Partial<RunSpec>): Kind {
  const parameters = smallParameters(algorithm.card, { evaluateEvery: 45, ...changes })
  return { what, spec: { scenario: chain, algorithm: algorithm.card.id, parameters, heldOut: 10, split: 0, ...more } }
}

/** Every learned algorithm in every kind of world that it learns in. */
const KINDS: readonly Kind[] = LEARNED.flatMap((algorithm) => {
  const small = { states: 16, samples: 64, beam: 4, polish: 50, memory: 500 }
  const graphs = algorithm.batches
    ? GRAPH_WORLDS.map((world) => kindOf(algorithm, 'graphs', { learnSteps: 200, ...small }, { scenario: world.scenario, heldOut: 4 }))
    : []
  if (algorithm.card.needsEnvironments) return [kindOf(algorithm, 'meta', { learnSteps: LENGTH }, { environments })]
  return [kindOf(algorithm, 'chains', { learnSteps: LENGTH }, {}), ...graphs]
})

const COUNTS = { chains: 'onChains', graphs: 'onGraphs', meta: 'ofMeta' } as const

async function resumeOnce(random: RandomStream, index: number, scratch: Scratch): Promise<Measures> {
  const { what, spec } = KINDS[index % KINDS.length]
  // Once through alone, then side by side.
  const members = 1 + (Math.floor(index / KINDS.length + index) % 3)
  const learnSteps = Number(spec.parameters.learnSteps)
  const parameters = { ...spec.parameters, checkpointEvery: 10 + random.below(50) }
  const seed = 1 + random.below(1000)
  const specs = Array.from({ length: members }, (_, m): RunSpec => ({ ...spec, parameters, seed: seed + m }))
  const { lab, pids, until, enqueue, resume } = openLive(scratch, 1)
  const whole = enqueue(specs)
  for (const id of whole) await until(id, ({ status }) => status === 'completed')

  const kept = enqueue(specs)
  // Early enough for the run to be still at it when that is heard of.
  const stop = 1 + random.below(learnSteps / 2)
  let kills = 0
  const ended = await until(kept[0], (row) => row.learnSteps >= stop || row.status === 'completed')
  if (ended.status !== 'completed') {
    process.kill(pids[pids.length - 1], 'SIGKILL')
    kills++
    // A run may have completed while its worker was being killed.
    for (const id of kept) await until(id, ({ status }) => status === 'failed' || status === 'completed')
    const failed = kept.filter((id) => lab.store.runs.row(id)?.status === 'failed')
    if (failed.length > 0) resume(failed)
    for (const id of kept) await until(id, ({ status }) => status === 'completed')
  }
  kept.forEach((id, m) =>
    expect(bitsOf(lab.store, id), `${spec.algorithm} in ${spec.scenario.name}, seed ${seed + m}`).toBe(bitsOf(lab.store, whole[m]))
  )
  for (const id of kept) expect(lab.store.attempts.of(id).some(({ approximate }) => approximate)).toBe(false)
  return { [COUNTS[what]]: 1, runs: members, kills, ...(members > 1 && { stacked: 1 }) }
}

export const resume: Row = {
  name: 'resume',
  fault:
    'the worker of a run, or of up to three side by side, is killed at a random learn step and the run resumed: every learned algorithm on chains, on graphs, over environments',
  holds: 'every point, evaluation and weight is that of the run that was never interrupted, to the bit',
  cases: { ci: 3, soak: 40 },
  begin: () => resumeOnce,
  figure: (tally) =>
    `${tally.total('onChains')} on chains, ${tally.total('onGraphs')} on graphs, ${tally.total('ofMeta')} over environments, ${tally.total('stacked')} of these side by side: ` +
    `${tally.total('runs')} runs bit-identical after ${tally.total('kills')} kills`
}
