export { newestSoundBackup } from './backups'
export type { Checkpoint } from './checkpoints'
export type { CurveSummary } from './curves'
export { hasDatabase } from './damage'
export {
  DamagedRecordError,
  DamagedStoreError,
  DiskFullError,
  NewerStoreError,
  OlderStoreError,
  ReadOnlyStoreError,
  StoreError,
  StoreLockedError,
  UnknownRunError
} from './errors'
export type { NewExperiment, StoredExperiment } from './experiments'
export type { NamedPolicy } from './kept-policies'
export { NameTakenError, type NewVersion, UnknownDocumentError } from './library'
export { type OpenOptions, openForReading, openStore } from './open'
export { canonicalJson, stringifyReals } from './real-json'
export type { Origin } from './origins'
export type { Recovery } from './recover'
export type { NewRun, RunChanges, RunHistory, RunState } from './runs'
export { StaleEditError } from './revisions'
export { scenarioIdOf } from './scenarios'
export type { Store, StoredRun } from './store'
export { type Curve, thin } from './thinning'
