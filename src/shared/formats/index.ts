import { daxFormat } from './dax'
import { environmentsFormat } from './environments'
import { experimentFormat } from './experiment'
import type { Format } from './format'
import { parseJson } from './json'
import { mrlcoFormat } from './mrlco'
import { placementFormat } from './placement'
import type { Read } from './read'
import { scenarioFormat } from './scenario'
import { scheduleFormat } from './schedule'
import { topologyFormat } from './topology'
import { wfCommonsFormat } from './wfcommons'
import { workloadFormat } from './workload'

export { ENVIRONMENTS, readEnvironments, writeEnvironments } from './environments'
export { EXPERIMENT, readExperiment, writeExperiment } from './experiment'
export type { Format, PartKind, Reading, Resolve } from './format'
export { parseJson } from './json'
export { PLACEMENT, readPlacement, writePlacement } from './placement'
export type { Read } from './read'
export { readScenario, SCENARIO, writeScenario } from './scenario'
export { readSchedule, SCHEDULE, writeSchedule } from './schedule'
export { readTopology, TOPOLOGY, writeTopology } from './topology'
export { readWfCommons } from './wfcommons'
export { readWorkload, WORKLOAD, writeWorkload } from './workload'

/** Every format. A new one is a file and a line here. */
export const FORMATS: readonly Format[] = [
  topologyFormat,
  workloadFormat,
  scenarioFormat,
  environmentsFormat,
  experimentFormat,
  placementFormat,
  scheduleFormat,
  wfCommonsFormat,
  mrlcoFormat,
  daxFormat
]

/** The format a document says it is in; undefined where none of ours is. */
export function recognise(value: unknown): Format | undefined {
  return FORMATS.find((format) => format.recognises(value))
}

/** A file's text as a document: JSON, or the text itself where it is in a format that is none. */
export function parseDocument(text: string): Read<unknown> {
  return FORMATS.some((format) => format.recognises(text)) ? { ok: true, value: text } : parseJson(text)
}
