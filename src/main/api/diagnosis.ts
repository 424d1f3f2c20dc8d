import { availableParallelism, cpus, totalmem } from 'node:os'
import type { Machine } from '@shared/contract/records'
import { bytes, count } from '@shared/format'
import { lastLines, type LoggedLine } from '../log'
import type { SpawnWorker } from '../processes/protocol'
import { type Examination, examine } from '../store'
import { version } from '../version'
import { describeTraining } from './training-machine'

/** Less room than this on the disk of a data folder is told as a problem: a run may need as much. */
const LEAST_FREE_BYTES = 100 * 2 ** 20
const LAST_ERRORS = 10

/** Everything that is asked first when something is wrong. */
export interface Diagnosis {
  /** Sentences; none: nothing is wrong. */
  problems: string[]
  /** Whether every page and checksum was read. */
  isThorough: boolean
  versions: { app: string; node: string; sqlite: string; backend: string; library: string; tfjs: string }
  platform: { system: string; cpu: string; cores: number; memoryBytes: number }
  home: { path: string } & Pick<Examination, 'exists' | 'modes' | 'freeBytes'>
  database: Examination['database']
  runs: number | undefined
  bin: Examination['bin']
  writer: Examination['writer']
  backups: Examination['backups']
  /** The newest errors of the log, oldest first. */
  lastErrors: LoggedLine[]
}

export interface DiagnosisOptions {
  home: string
  /** Asks a training process what it computes with. Rejects where none can be started. */
  training(): Promise<Machine>
  depth: 'start' | 'everything'
  onProgress?: (done: number, of: number) => void
}

/** Looks at a data folder and what there is to train with, without changing anything; also beside a running lab. */
export async function diagnose({ home, training, depth, onProgress }: DiagnosisOptions): Promise<Diagnosis> {
  const found = examine(home, { depth, onProgress })
  const machine = await training().catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
  const isThere = typeof machine === 'object'
  return {
    problems: [...(isThere ? [] : [`Nothing can be trained: ${machine}`]), ...problemsOf(found)],
    isThorough: depth === 'everything',
    versions: {
      app: version,
      node: process.versions.node,
      sqlite: found.sqlite,
      backend: isThere ? machine.backend : 'none',
      library: isThere ? machine.library : 'none',
      tfjs: isThere ? machine.tfjs : 'none'
    },
    platform: {
      system: `${process.platform} ${process.arch}`,
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
      cores: availableParallelism(),
      memoryBytes: totalmem()
    },
    home: { path: home, exists: found.exists, modes: found.modes, freeBytes: found.freeBytes },
    database: found.database,
    runs: found.runs,
    bin: found.bin,
    writer: found.writer,
    backups: found.backups,
    lastErrors: lastLines(home, LAST_ERRORS, 'error')
  }
}

/** A training process of its own is asked, and ended. */
export const askWorker = (spawnWorker: SpawnWorker) => (): Promise<Machine> => describeTraining(spawnWorker)

function problemsOf({ findings, modes, backups, freeBytes }: Examination): string[] {
  const open = modes.filter(({ isOpenToOthers }) => isOpenToOthers).map(({ name, mode }) => `${name} (${mode})`)
  return [
    ...findings,
    ...(open.length > 0
      ? [`Others on this machine can reach ${open.join(', ')} in the data folder; the lab closes them when it is next opened.`]
      : []),
    ...(backups.copies > 0 && !backups.newestSound ? [`None of ${count(backups.copies, 'backup', 'backups')} passes its checks.`] : []),
    ...(freeBytes !== undefined && freeBytes < LEAST_FREE_BYTES ? [`The disk of the data folder has ${bytes(freeBytes)} left.`] : [])
  ]
}

/** A diagnosis as lines of text, to be read or copied. */
export function diagnosisText(diagnosis: Diagnosis): string {
  const { versions, platform, home, database, runs, bin, writer, backups, lastErrors, problems } = diagnosis
  const none = home.exists ? 'no lab yet' : 'not there'
  const schema = (found: NonNullable<Diagnosis['database']>) =>
    found.schema === found.knownSchema
      ? `schema ${found.schema}`
      : `schema ${found.schema ?? 'unknown'}, this program has ${found.knownSchema}`
  const holder = writer && (writer.pid === undefined ? 'another program' : `process ${writer.pid}`)
  const rows: [string, string][] = [
    ['DMRO Lab', versions.app],
    ['Node', versions.node],
    ['SQLite', versions.sqlite],
    ['Training', versions.backend === 'none' ? 'none' : `${versions.backend}, library ${versions.library}, tfjs ${versions.tfjs}`],
    ['System', `${platform.system}, ${platform.cpu}, ${count(platform.cores, 'core', 'cores')}, ${bytes(platform.memoryBytes)}`],
    ['Data folder', home.path],
    ['Modes', home.modes.map(({ name, mode }) => `${name} ${mode}`).join(', ') || '–'],
    ['Database', database ? `${bytes(database.bytes)}, ${schema(database)}` : none],
    ['Runs', runs === undefined ? '–' : String(runs)],
    ['Bin', bin ? `${count(bin.entries, 'entry', 'entries')}, ${bytes(bin.bytes)}` : '–'],
    ['Open in', holder ?? 'no program'],
    ['Backups', backupText(backups)],
    ['Free', home.freeBytes === undefined ? '–' : bytes(home.freeBytes)],
    ['Checked', diagnosis.isThorough ? 'every page and every checksum' : 'what every start checks; lab doctor reads every checksum']
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  return [
    ...rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    '',
    ...(lastErrors.length > 0
      ? ['Last errors of the log:', ...lastErrors.map(({ at, text }) => `  ${at}  ${text}`)]
      : ['The log has no errors.']),
    '',
    ...(problems.length > 0 ? problems.map((problem) => `Problem: ${problem}`) : ['Nothing is wrong.'])
  ].join('\n')
}

function backupText({ copies, newestSound }: Diagnosis['backups']): string {
  if (copies === 0) return 'none'
  return `${count(copies, 'backup', 'backups')}, ${newestSound ? `the newest sound one ${newestSound.name} with ${count(newestSound.runs, 'run', 'runs')}` : 'none sound'}`
}
