import { EXPERIMENT } from './experiment'
import { PLACEMENT } from './placement'
import { SCENARIO } from './scenario'
import { TOPOLOGY } from './topology'
import { isWfCommons } from './wfcommons'
import { WORKLOAD } from './workload'

export { EXPERIMENT, readExperiment, writeExperiment } from './experiment'
export { parseJson } from './json'
export { PLACEMENT, readPlacement, writePlacement } from './placement'
export type { Read } from './read'
export { type PartKind, type Resolve, readScenario, SCENARIO, writeScenario } from './scenario'
export { readTopology, TOPOLOGY, writeTopology } from './topology'
export { readWfCommons } from './wfcommons'
export { readWorkload, WORKLOAD, writeWorkload } from './workload'

const isOf = (format: string) => (value: unknown) =>
  typeof value === 'object' && value !== null && 'format' in value && value.format === format

/** Every format that is read, under the name `lab import --as` takes. */
export const FORMATS = [
  { id: 'topology', title: `our topology (${TOPOLOGY})`, recognises: isOf(TOPOLOGY) },
  { id: 'workload', title: `our workload (${WORKLOAD})`, recognises: isOf(WORKLOAD) },
  { id: 'scenario', title: `our scenario (${SCENARIO})`, recognises: isOf(SCENARIO) },
  { id: 'experiment', title: `our experiment (${EXPERIMENT})`, recognises: isOf(EXPERIMENT) },
  { id: 'placement', title: `our placement (${PLACEMENT})`, recognises: isOf(PLACEMENT) },
  { id: 'wfcommons', title: 'WfCommons (WfFormat 1.5)', recognises: isWfCommons }
] as const
export type FormatId = (typeof FORMATS)[number]['id']

/** The format a document says it is in; undefined where none of ours is. */
export function recognise(value: unknown): FormatId | undefined {
  return FORMATS.find((format) => format.recognises(value))?.id
}
