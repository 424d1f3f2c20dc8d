import { assessments } from './assessments'
import { experiments } from './experiments'
import { playground } from './playground'
import { runs } from './runs'
import { system } from './system'

/** The one typed API: every door answers it and every screen speaks it. */
export const contract = { system, experiments, runs, assessments, playground }
export type Contract = typeof contract
