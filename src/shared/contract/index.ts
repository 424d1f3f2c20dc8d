import { assessments } from './assessments'
import { comparisons } from './comparisons'
import { experiments } from './experiments'
import { library } from './library'
import { policies } from './policies'
import { runs } from './runs'
import { studies } from './studies'
import { system } from './system'
import { views } from './views'

/** The one typed API: every door answers it and every screen speaks it. */
export const contract = { system, experiments, runs, policies, library, assessments, studies, views, comparisons }
export type Contract = typeof contract
