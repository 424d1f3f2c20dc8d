import { integer } from '@shared/format'
import { count } from '@shared/format'
import { onWorkers, runCount } from './counts'

/** The frame around every page. */
export const frameText = {
  app: {
    name: 'DMRO Lab',
    nav: 'Pages',
    side: 'Side bar',
    runs: 'Runs',
    compare: 'Compare',
    topologies: 'Topologies',
    workloads: 'Workloads',
    experiments: 'Experiments',
    shortcuts: 'Shortcuts',
    skip: 'Skip to the content',
    title: (page: string) => `${page} · DMRO Lab`,
    running: 'Running',
    runningOf: onWorkers,
    queuedToo: (queued: number) => `${integer(queued)} queued`,
    more: (n: number) => `and ${n} more`,
    noneFound: 'Nothing has this name.',
    idle: 'Nothing is running.'
  },
  theme: { label: 'Theme', dark: 'Dark', light: 'Light', system: 'As the system', now: (name: string) => `Theme: ${name}` },
  statusBar: {
    label: 'Status',
    activity: (running: number, workers: number, queued: number) =>
      `${running > 0 ? onWorkers(running, workers) : '0 running'} · ${integer(queued)} queued`,
    speed: (n: string) => `${n} learn steps/s`,
    computing: (title: string, more: number) => `Computing: ${title}${more > 0 ? ` and ${more} more` : ''}`,
    cancel: 'Cancel',
    workers: (parallel: number, cores: number) => `${count(parallel, 'worker', 'workers')} on ${count(cores, 'core', 'cores')}`,
    backend: (name: 'native' | 'wasm', library: string) => {
      if (library === 'none') return 'nothing to train with'
      return name === 'native' ? `libtensorflow ${library}, native` : `tfjs WebAssembly ${library}`
    },
    weight: 'δ = energy weight',
    database: (size: string) => `database ${size}`,
    home: (folder: string) => `Data folder: ${folder}`
  },
  inexact: {
    title: 'Resume approximately?',
    explained:
      'These runs cannot be resumed exactly here. Resumed approximately, they continue their checkpoints and are marked as approximate in tables, reports and exports.',
    leave: 'Leave them as they are',
    resume: 'Resume approximately'
  },
  connection: {
    connecting: 'Connecting to the program …',
    lost: 'The connection to the program is lost. What it has saved is safe. This page connects again by itself; if the program was restarted, open the link it prints.',
    never: 'The program does not answer. If it runs, open the address it printed: the link carries the key to this page.',
    retry: 'Try now',
    tooLong: 'The program did not answer; whether the request was carried out is not known.'
  },
  notices: {
    slow: 'Training is slower than possible',
    none: 'No training',
    readOnly: 'Nothing can be written',
    damaged: 'Stored records are damaged',
    dismiss: 'Hide this notice'
  },
  dialog: { close: 'Close' },
  toast: { close: 'Close this message', region: 'Messages' },
  shortcuts: { title: 'Shortcuts', or: 'or', hint: 'Letters work wherever nothing is being typed.' },
  settings: {
    title: 'Settings',
    theme: 'Theme',
    textSize: 'Text size',
    textSizeValue: (percent: number) => `${percent} %`,
    smaller: 'Smaller text',
    larger: 'Larger text',
    usualSize: 'Text at 100 %',
    sample: 'Optimality gap 0.048 ± 0.022 %, δ 0.2, 88.6 s, 265 J',
    tour: 'First steps',
    tourHint: 'Four steps through the lab.',
    tourShow: 'Show the tour',
    diagnostics: 'Diagnostics',
    diagnosticsHint: 'Versions, data folder, health and the last errors, to look into a fault or to send along with a question.',
    diagnosticsShow: 'Show diagnostics',
    diagnosticsAgain: 'Look again',
    diagnosticsFailed: (reason: string) => `The diagnostics could not be read: ${reason}`,
    diagnosticsSelect: 'Select all',
    backups: 'Backups',
    backupsHint: 'Copies of the whole history in the data folder: daily, on request and before anything replaces it.',
    backUpNow: 'Back up now',
    backedUp: (name: string) => `Backed up: ${name}`,
    backupsShow: 'Show backups',
    backupsHide: 'Hide backups',
    backupsNone: 'There is no backup yet.',
    backupsReading: 'Reading the backups and their checksums…',
    backupsFailed: (reason: string) => `The backups could not be read: ${reason}`,
    backupFailed: (reason: string) => `No backup was made: ${reason}`,
    backupHeads: { made: 'Made', kind: 'Why', size: 'Size', runs: 'Runs', health: 'Checked' },
    backupKinds: { daily: 'daily', manual: 'on request', replaced: 'was replaced', schema: 'before an update' },
    backupHealth: { sound: 'sound', damaged: 'damaged', unchecked: 'when restored' },
    restore: 'Restore',
    restoreOf: (made: string) => `Restore the backup of ${made}`,
    restoreAsk: (made: string) => `Restore the backup of ${made}?`,
    restoreHolds: (runs: string) =>
      `It takes the place of the whole history: ${runs}, documents, comparisons and policies as they were then.`,
    restoreKeeps: 'Nothing is deleted: the present history is kept as a backup of its own and can be restored in the same way.',
    restoreStops: (runs: string) => `Training now: ${runs}. They stop at a checkpoint, which the present history keeps.`,
    restoreCancel: 'Keep the present one',
    restoring: 'Restoring…',
    restoreFailed: (reason: string) => `The backup was not restored: ${reason}`,
    kept: 'Kept on this machine, for this window.'
  },
  tour: {
    title: 'First steps',
    step: (n: number, all: number) => `Step ${n} of ${all}`,
    next: 'Next',
    back: 'Back',
    done: 'Done',
    skip: 'Skip the tour',
    first: {
      title: 'Begin with the main button',
      sentence: (button: string | undefined) =>
        `${button === undefined ? 'The filled button of a page does what it is mainly for' : `“${button}” is the main button of this page; every page has one, filled like this`}. On a lab without runs it trains a few algorithms in about a minute: press it now and continue the tour meanwhile.`
    },
    steps: [
      {
        title: 'Draw a world',
        sentence:
          'Devices, edges and clouds, and the links between them: draw your own here, then press “Use in an experiment”. Or take one that comes with the lab.'
      },
      {
        title: 'Choose what to train, and watch it learn',
        sentence:
          'An experiment crosses scenarios, algorithms and seeds. “Quick” trains a few algorithms in one to three minutes; N brings you here from everywhere. Every run is kept under Runs, with its gap to the exact optimum.'
      },
      {
        title: 'Find out why one is better',
        sentence:
          'Select runs with X; C shows them side by side: curves, intervals, configuration. Ctrl K finds anything by its name, ? shows every key.'
      }
    ]
  },
  palette: {
    title: 'Search or run a command',
    placeholder: 'Search runs, experiments, presets and commands',
    open: 'Search or run a command',
    found: 'Found',
    nothing: (search: string) => `Nothing is called “${search}”.`,
    commands: 'Commands',
    experiments: 'Experiments',
    presets: 'Presets',
    runs: 'Runs',
    ofExperiment: (id: number, n: number) => `no. ${id} · ${runCount(n)}`,
    ofPreset: (id: string, n: number) => `${id} · ${runCount(n)}`
  }
}
