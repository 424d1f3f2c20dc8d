import type { RandomStream } from '@shared/model/random'
import { Ensemble, type EnsembleSnapshot } from '../learn/ensemble'
import type { Member } from '../learn/learner'
import { initialUnits, type ShapedValues } from '../learn/policy'

/**
 * A member's networks before the first learn step: Algorithm 1, line 1, from ψ or any other policy where the run names one,
 * else from random weights. Throws PolicyMisfitError.
 */
export function freshMember(member: Member, shaped: ShapedValues, units: number, random: RandomStream): EnsembleSnapshot {
  const initial = member.initialPolicy && initialUnits(member.initialPolicy, shaped, units)
  return Ensemble.freshSnapshot(shaped.network, units, random, initial)
}
