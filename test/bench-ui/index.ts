import { chart } from './chart'
import { live, training } from './live'
import type { Measurement } from './measurement'
import { start } from './start'
import { table } from './table'

/** Everything that is measured, in order. A new figure is a file and a line here. */
export const MEASUREMENTS: readonly Measurement[] = [start, table, chart, live, training]
