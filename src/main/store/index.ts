export type { Purged } from './bin'
export { isDocumentKind } from './bin-documents'
export { type StoredEntry, UnknownEntryError } from './bin-shelf'
export type { Checkpoint } from './checkpoints'
export type { CurveSummary } from './curves'
export { backupNamed, hasDatabase } from './damage'
export { DeletedDocumentError } from './drafts'
export {
  DamagedRecordError,
  DamagedStoreError,
  DiskFullError,
  LostLockError,
  LostStoreError,
  MissingStoreError,
  NoScenarioError,
  NewerStoreError,
  OlderStoreError,
  ReadOnlyStoreError,
  StoreError,
  StoreLockedError,
  UnknownRunError
} from './errors'
export { type Examination, examine, freeBytes } from './examine'
export type { NewExperiment, StoredExperiment } from './experiments'
export type { ForeignOrigin } from './foreign-runs'
export { contentHash, contentIdOf } from './contents'
export { topologyIdOf, workloadIdOf, worldIdOf } from './identities'
export { type NamedPolicy, policyIdOf } from './kept-policies'
export { NameTakenError, type NewVersion, UnknownDocumentError } from './library'
export { writerOf } from './lock'
export { repair } from './repair'
export { type BackupFile, backupsOf, healthOfBackup, type ListedBackup, listBackups, restoreFrom } from './restore'
export { type OpenOptions, openForReading, openStore, openWhereWritable } from './open'
export { stringifyReals } from './real-json'
export { writePrivate } from './private'
export type { Origin } from './origins'
export type { StoreRecovery } from './recover'
export type { RunSource } from './run-sources'
export type { NewRun, RunChanges, RunHistory, RunState } from './runs'
export { StaleEditError } from './revisions'
export { scenarioIdOf } from './scenarios'
export type { Store, StoredRun } from './store'
export { type StoredCurve, thinnedCurve } from './thinning'
export { tally, type Thing, type User } from './uses'
