/** What is minimised, eq. (9). */
export interface Objective {
  /** δ: how much energy counts beside delay. */
  energyWeight: number
  /** α: weight of energy spent on edges, eq. (6). */
  edgeEnergyWeight: number
  /** β: weight of energy spent on clouds, eq. (6). */
  cloudEnergyWeight: number
  /** What delay and energy are divided by: the workload's mean under local-only placement, or 1 s and 1 J. */
  scaling: 'local-only' | 'none'
  /** Whether the last task's result travels back to the device. */
  countReturn: boolean
}

export const DEFAULT_OBJECTIVE: Objective = {
  energyWeight: 0.2,
  edgeEnergyWeight: 1,
  cloudEnergyWeight: 1,
  scaling: 'local-only',
  countReturn: true
}

/** T_ref and E_ref. */
export interface References {
  delaySeconds: number
  energyJoules: number
}
