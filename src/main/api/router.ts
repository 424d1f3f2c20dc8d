import { agentsRoom } from './agents'
import { assessmentsRoom } from './assessments'
import { backupsRoom } from './backups'
import { binRoom } from './bin'
import { bundlesRoom } from './bundles'
import { comparisonsRoom } from './comparisons'
import { api } from './context'
import { desktopRoom } from './desktop'
import { experimentsRoom } from './experiments'
import { foreignRoom } from './foreign'
import { figuresRoom } from './figures'
import { playgroundRoom } from './playground'
import { libraryRoom } from './library'
import { lineageRoom } from './lineage'
import { policiesRoom } from './policies'
import { runsRoom } from './runs'
import { studiesRoom } from './studies'
import { systemRoom } from './system'
import { transfersRoom } from './transfers'
import { typedRoom } from './typed'
import { viewsRoom } from './views'

/** The contract, answered: a method without an answer does not compile. */
export const apiRouter = api.router({
  system: systemRoom,
  experiments: experimentsRoom,
  runs: runsRoom,
  policies: policiesRoom,
  agents: agentsRoom,
  assessments: assessmentsRoom,
  library: libraryRoom,
  lineage: lineageRoom,
  studies: studiesRoom,
  views: viewsRoom,
  comparisons: comparisonsRoom,
  bin: binRoom,
  backups: backupsRoom,
  playground: playgroundRoom,
  bundles: bundlesRoom,
  foreign: foreignRoom,
  figures: figuresRoom,
  transfers: transfersRoom,
  desktop: desktopRoom,
  typed: typedRoom
})
