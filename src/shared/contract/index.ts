import { agents } from './agents'
import { assessments } from './assessments'
import { backups } from './backups'
import { bin } from './bin'
import { bundles } from './bundles'
import { comparisons } from './comparisons'
import { desktop } from './desktop'
import { experiments } from './experiments'
import { foreign } from './foreign'
import { figures } from './figures'
import { playground } from './playground'
import { library } from './library'
import { lineage } from './lineage'
import { policies } from './policies'
import { runs } from './runs'
import { studies } from './studies'
import { system } from './system'
import { transfers } from './transfers'
import { typed } from './typed'
import { views } from './views'

/** The one typed API: every host answers it and every page calls it. */
export const contract = {
  system,
  experiments,
  runs,
  policies,
  agents,
  library,
  lineage,
  assessments,
  studies,
  views,
  comparisons,
  bin,
  backups,
  playground,
  bundles,
  foreign,
  figures,
  transfers,
  desktop,
  typed
}
export type Contract = typeof contract
