import { DESIGN_MENUS, EXPERIMENTS, LINEAGE, TOPOLOGIES, WORKLOADS } from './design'
import { FRAME } from './frame'
import { COMPARE, PLAYGROUND, STUDIES } from './results'
import { RUN, RUNS } from './runs'
import type { View } from './view'

// Each part is a file of tests, so that they run side by side.
export const RUN_VIEWS: readonly View[] = [...FRAME, ...RUNS]
export const RESULT_VIEWS: readonly View[] = [...RUN, ...COMPARE, ...PLAYGROUND, ...STUDIES]
export const DESIGN_VIEWS: readonly View[] = [...TOPOLOGIES, ...DESIGN_MENUS, ...WORKLOADS, ...EXPERIMENTS, ...LINEAGE]

/** Every view, dialog and menu. Each is held to be accessible and quiet, dark and light, and has its pictures taken. A new one is a line. */
export const VIEWS: readonly View[] = [...RUN_VIEWS, ...RESULT_VIEWS, ...DESIGN_VIEWS]
