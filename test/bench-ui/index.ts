import { chart } from './chart'
import { compare } from './compare'
import { live, training } from './live'
import type { Measurement } from './measurement'
import { playground } from './playground'
import { start } from './start'
import { table } from './table'
import { topology } from './topology'
import { wideTable } from './wideTable'
import { workflow } from './workflow'

/** Everything that is measured, in order. A new figure is a file and a line here. */
export const MEASUREMENTS: readonly Measurement[] = [
  start,
  table,
  wideTable,
  topology,
  workflow,
  chart,
  compare,
  live,
  playground,
  training
]
