import type { Backend } from '../backend'
import { Ensemble, type EnsembleSnapshot } from '../ensemble'
import type { Member, Streams } from '../learner'
import type { NetworkShape } from '../network'
import { stackSnapshots } from '../persistence'
import { batchUnits } from './policy'
import type { BatchProblem } from './problem'

/** What the networks of one run begin with: where it stopped, else a policy's weights, else random ones. */
interface Beginning {
  member: Pick<Member<BatchProblem>, 'initialPolicy'>
  streams: Streams
  restored?: EnsembleSnapshot
}

/** The networks of several runs, `units` of each, as one ensemble. Throws PolicyMisfitError where a policy's networks are others. */
export function startEnsemble(backend: Backend, network: NetworkShape, units: number, runs: readonly Beginning[]): Ensemble {
  const snapshots = runs.map(
    ({ member: { initialPolicy }, streams, restored }) =>
      restored ?? Ensemble.freshSnapshot(network, units, streams.init, initialPolicy && batchUnits(initialPolicy, network, units))
  )
  return new Ensemble(backend, network, units * runs.length, stackSnapshots(snapshots))
}
