import aroundOneEdgeOneCloud from '../../resources/presets/around-one-edge-one-cloud.environments.json'
import aroundTwoEdgesTwoClouds from '../../resources/presets/around-two-edges-two-clouds.environments.json'
import chain from '../../resources/presets/chain.wfcommons.json'
import conditioned3 from '../../resources/presets/conditioned-3-places.experiment.json'
import conditioned5 from '../../resources/presets/conditioned-5-places.experiment.json'
import edgeBeforeCloud from '../../resources/presets/edge-before-cloud.topology.json'
import fourDevices from '../../resources/presets/four-devices.topology.json'
import mrlco from '../../resources/presets/mrlco.topology.json'
import oneEdgeOneCloudRelays from '../../resources/presets/one-edge-one-cloud-relays.topology.json'
import oneEdgeOneCloud from '../../resources/presets/one-edge-one-cloud.scenario.json'
import oneEdgeOneCloudTopology from '../../resources/presets/one-edge-one-cloud.topology.json'
import paperWorkload from '../../resources/presets/paper.workload.json'
import quick from '../../resources/presets/quick.experiment.json'
import rivals from '../../resources/presets/rivals.experiment.json'
import shared1x20 from '../../resources/presets/shared-1x20.scenario.json'
import shared4x10 from '../../resources/presets/shared-4x10.scenario.json'
import sharedHard from '../../resources/presets/shared-hard.scenario.json'
import sharedStream from '../../resources/presets/shared-stream.scenario.json'
import twoEdgesTwoCloudsRivals from '../../resources/presets/two-edges-two-clouds.experiment.json'
import twoEdgesTwoClouds from '../../resources/presets/two-edges-two-clouds.scenario.json'
import twoEdgesTwoCloudsTopology from '../../resources/presets/two-edges-two-clouds.topology.json'
import { META_TOPOLOGIES, META_TRAINING_SET } from './studies/worlds'
import type { NamedPart, PartKind } from './formats'

export type PresetKind = PartKind | 'experiment'

/** What comes with the lab, as its files hold it. Kinds have names of their own: a scenario may be called as its topology is. */
export interface Preset {
  id: string
  kind: PresetKind
  document: unknown
}

export const PRESETS: readonly Preset[] = [
  { id: 'quick', kind: 'experiment', document: quick },
  { id: 'rivals', kind: 'experiment', document: rivals },
  { id: 'two-edges-two-clouds-rivals', kind: 'experiment', document: twoEdgesTwoCloudsRivals },
  { id: 'conditioned-3-places', kind: 'experiment', document: conditioned3 },
  { id: 'conditioned-5-places', kind: 'experiment', document: conditioned5 },
  { id: 'one-edge-one-cloud', kind: 'scenario', document: oneEdgeOneCloud },
  { id: 'two-edges-two-clouds', kind: 'scenario', document: twoEdgesTwoClouds },
  { id: 'paper', kind: 'workload', document: paperWorkload },
  { id: 'chain', kind: 'workload', document: chain },
  { id: 'around-one-edge-one-cloud', kind: 'environments', document: aroundOneEdgeOneCloud },
  { id: 'around-two-edges-two-clouds', kind: 'environments', document: aroundTwoEdgesTwoClouds },
  { id: 'one-edge-one-cloud', kind: 'topology', document: oneEdgeOneCloudTopology },
  { id: 'two-edges-two-clouds', kind: 'topology', document: twoEdgesTwoCloudsTopology },
  ...META_TOPOLOGIES.map(({ id, document }): Preset => ({ id, kind: 'topology', document })),
  { id: 'shared-1x20', kind: 'scenario', document: shared1x20 },
  { id: 'shared-4x10', kind: 'scenario', document: shared4x10 },
  { id: 'shared-hard', kind: 'scenario', document: sharedHard },
  { id: 'shared-stream', kind: 'scenario', document: sharedStream },
  { id: 'edge-before-cloud', kind: 'topology', document: edgeBeforeCloud },
  { id: 'four-devices', kind: 'topology', document: fourDevices },
  { id: 'one-edge-one-cloud-relays', kind: 'topology', document: oneEdgeOneCloudRelays },
  { id: 'mrlco', kind: 'topology', document: mrlco },
  { id: 'meta-training', kind: 'environments', document: META_TRAINING_SET }
]

/** The document of a preset; undefined where none of that kind has this name. Presets have no versions. */
export function presetOf(id: NamedPart, kind: PresetKind): unknown {
  return PRESETS.find((preset) => preset.id === id && preset.kind === kind)?.document
}
