import { DESIGN_MENUS, EXPERIMENTS, TOPOLOGIES, WORKLOADS } from './design'
import { FRAME } from './frame'
import { COMPARE, PLAYGROUND, STUDIES } from './results'
import { RUN, RUNS } from './runs'
import type { View } from './view'

/** Every view, dialog and menu. Each is held to be accessible and quiet, dark and light, and has its pictures taken. A new one is a line. */
export const VIEWS: readonly View[] = [
  ...FRAME,
  ...RUNS,
  ...RUN,
  ...COMPARE,
  ...PLAYGROUND,
  ...STUDIES,
  ...TOPOLOGIES,
  ...DESIGN_MENUS,
  ...WORKLOADS,
  ...EXPERIMENTS
]
