import { csvTopologyFormat } from './csv-topology'
import { csvWorkloadFormat } from './csv-workload'
import { daxFormat } from './dax'
import { edgeSimPyFormat } from './edgesimpy'
import { environmentsFormat } from './environments'
import { experimentFormat } from './experiment'
import type { Format } from './format'
import { gmlFormat } from './gml'
import { graphMlFormat } from './graphml'
import { lengthFault, NO_JSON, parseJson, withoutMark } from './json'
import { kerasFormat } from './keras'
import { mrlcoFormat } from './mrlco'
import { isOnnx, onnxDocument, onnxFormat } from './onnx'
import { placementFormat } from './placement'
import { rayCloudSimFormat, taskSetFormat } from './raycloudsim'
import { type Read, refused } from './read'
import { sagaFormat, sagaGraphFormat, sagaNetworkFormat } from './saga'
import { scenarioFormat } from './scenario'
import { scheduleFormat } from './schedule'
import { type Decode, decodedText } from './text'
import { topologyFormat } from './topology'
import { versionFormat } from './parts'
import { wfCommonsFormat } from './wfcommons'
import { workloadFormat } from './workload'

export { ENVIRONMENTS, readEnvironments, writeEnvironments } from './environments'
export { EXPERIMENT, passedOver, readExperiment, writeExperiment } from './experiment'
export type { Format, PartKind, Reading, Resolve } from './format'
export { gatherScenario, gatherWorkload, sentencesOf, type WorkflowFile } from './gathering'
export { parseJson } from './json'
export { PLACEMENT, readPlacement, writePlacement } from './placement'
export { type FoundPart, namedParts, withParts } from './parts'
export type { Read } from './read'
export { readScenario, SCENARIO, SCENARIO_2, writeScenario } from './scenario'
export { readSchedule, SCHEDULE, writeSchedule } from './schedule'
export { readTopology, TOPOLOGY, writeTopology } from './topology'
export { isOnnx } from './onnx'
export { type Decode, decodedText, encodingOf, stemOf } from './text'
export { isLibraryVersion, LIBRARY_VERSION, type LibraryVersion, type NamedPart, versionText } from './library-version'
export { readWfCommons } from './wfcommons'
export { readWorkload, WORKLOAD, WORKLOAD_2, writeWorkload } from './workload'

/** Every format. A new one is a file and a line here. */
export const FORMATS: readonly Format[] = [
  topologyFormat,
  workloadFormat,
  scenarioFormat,
  environmentsFormat,
  experimentFormat,
  versionFormat,
  placementFormat,
  scheduleFormat,
  wfCommonsFormat,
  mrlcoFormat,
  daxFormat,
  graphMlFormat,
  gmlFormat,
  edgeSimPyFormat,
  rayCloudSimFormat,
  taskSetFormat,
  sagaFormat,
  sagaGraphFormat,
  sagaNetworkFormat,
  kerasFormat,
  onnxFormat,
  csvTopologyFormat,
  csvWorkloadFormat
]

/** The format a document says it is in; undefined where none of ours is. */
export function recognise(value: unknown): Format | undefined {
  return FORMATS.find((format) => format.recognises(value))
}

/**
 * A file's text as a document: JSON, or the text itself where it is in a format that is none. `as` names a format that is believed:
 * no other is tried, and whatever is wrong is for its reader to say. Otherwise, for a text in no format, the reason is given for each.
 */
export function parseDocument(text: string, as?: Format): Read<unknown> {
  const tooLong = lengthFault(text)
  if (tooLong !== undefined) return refused([{ path: '$', message: tooLong }])
  const body = withoutMark(text)
  if (as) return as.whyNot || as.claims ? { ok: true, value: body } : parseJson(body)
  if (FORMATS.some(({ claims }) => claims?.(body))) return { ok: true, value: body }
  const tried = FORMATS.flatMap(({ title, whyNot }) => (whyNot ? [{ title, why: whyNot(body) }] : []))
  if (tried.some(({ why }) => why === undefined)) return { ok: true, value: body }
  const read = parseJson(body)
  if (read.ok || !read.faults[0].message.startsWith(NO_JSON)) return read
  return refused([...read.faults, ...tried.map(({ title, why }) => ({ path: '$', message: `could not be read as ${title}: ${why}` }))])
}

/** A file's bytes as a document: of a binary format as what it holds, else as text. `as` as in parseDocument. */
export function parseBytes(bytes: Uint8Array, decode: Decode, as?: Format): Read<unknown> {
  if (as === onnxFormat || (as === undefined && isOnnx(bytes))) return onnxDocument(bytes)
  const text = decodedText(bytes, decode)
  return text.ok ? parseDocument(text.value, as) : text
}
