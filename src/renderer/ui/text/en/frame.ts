import { count, runs } from './counts'

/** The frame around every room. */
export const frameText = {
  app: {
    name: 'DMRO Lab',
    nav: 'Rooms',
    runs: 'Runs',
    compare: 'Compare',
    workloads: 'Workloads',
    experiments: 'Experiments',
    shortcuts: 'Shortcuts',
    skip: 'Skip to the content',
    title: (page: string) => `${page} · DMRO Lab`,
    running: 'Running',
    runningOf: (running: number, queued: number) => (queued > 0 ? `${running} · ${queued} queued` : String(running)),
    more: (n: number) => `and ${n} more`,
    idle: 'Nothing is running.'
  },
  theme: { label: 'Theme', dark: 'Dark', light: 'Light', system: 'As the system', now: (name: string) => `Theme: ${name}` },
  statusBar: {
    label: 'Status',
    activity: (running: number, queued: number) => `${running} running · ${queued} queued`,
    speed: (n: string) => `${n} learn steps/s`,
    workers: (parallel: number, cores: number) => `${parallel} at a time on ${count(cores, 'core', 'cores')}`,
    backend: (name: 'native' | 'wasm', library: string) => {
      if (library === 'none') return 'nothing to train with'
      return name === 'native' ? `libtensorflow ${library}, native` : `tfjs WebAssembly ${library}`
    },
    weight: 'δ = energy weight',
    database: (size: string) => `database ${size}`,
    home: (folder: string) => `Data folder: ${folder}`
  },
  connection: {
    connecting: 'Connecting to the program …',
    lost: 'The connection to the program is lost. What it has saved is safe. This page connects again by itself; if the program was started anew, open the link it prints.',
    never: 'The program does not answer. If it runs, open the address it printed: the link carries the key to this page.',
    retry: 'Try now',
    tooLong: 'The program did not answer; nothing is known of what was asked.'
  },
  notices: {
    slow: 'Training is slower than it could be',
    none: 'No training',
    readOnly: 'Nothing can be written',
    dismiss: 'Hide this notice'
  },
  dialog: { close: 'Close' },
  toast: { close: 'Close this message', region: 'Messages' },
  shortcuts: { title: 'Shortcuts', or: 'or', hint: 'Letters work wherever nothing is being typed.' },
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
    ofExperiment: (id: number, n: number) => `no. ${id} · ${runs(n)}`,
    ofPreset: (id: string, n: number) => `${id} · ${runs(n)}`
  }
}
