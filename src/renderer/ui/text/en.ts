import { integer } from '../format'

/** Every word the window shows, room by room. Another language is another object of the same type. */

const count = (n: number, one: string, many: string) => `${integer(n)} ${n === 1 ? one : many}`
const runs = (n: number) => count(n, 'run', 'runs')

export const en = {
  app: {
    name: 'DMRO Lab',
    nav: 'Rooms',
    runs: 'Runs',
    compare: 'Compare',
    experiments: 'Experiments',
    shortcuts: 'Shortcuts',
    skip: 'Skip to the content',
    title: (page: string) => `${page} · DMRO Lab`,
    running: 'Running',
    runningOf: (running: number, queued: number) => (queued > 0 ? `${running} · ${queued} queued` : String(running)),
    more: (n: number) => `and ${n} more`,
    idle: 'Nothing is running.',
    waiting: 'waits for its first evaluation'
  },
  theme: { label: 'Theme', dark: 'Dark', light: 'Light', system: 'As the system', now: (name: string) => `Theme: ${name}` },
  statusBar: {
    label: 'Status',
    activity: (running: number, queued: number) => `${running} running · ${queued} queued`,
    speed: (n: string) => `${n} learn steps/s`,
    workers: (parallel: number, cores: number) => `${parallel} at a time on ${count(cores, 'core', 'cores')}`,
    weight: 'δ = energy weight',
    database: (size: string) => `database ${size}`,
    home: (folder: string) => `Data folder: ${folder}`
  },
  connection: {
    connecting: 'Connecting to the program …',
    lost: 'The connection to the program is lost. What it has saved is safe; this page connects again by itself.',
    never: 'The program does not answer. If it runs, open the address it printed: the link carries the key to this page.',
    retry: 'Try now',
    tooLong: 'The program did not answer; nothing is known of what was asked.'
  },
  notices: { slow: 'Training is slower than it could be', readOnly: 'Nothing can be written', dismiss: 'Hide this notice' },
  status: {
    queued: 'queued',
    running: 'running',
    paused: 'paused',
    interrupted: 'interrupted',
    completed: 'completed',
    failed: 'failed',
    cancelled: 'cancelled',
    diverged: 'diverged'
  },
  tiers: { device: 'device', edge: 'edge', cloud: 'cloud' },
  units: {
    percent: '%',
    seconds: 's',
    joules: 'J',
    shares: (device: string, edge: string, cloud: string) => `device ${device} %, edge ${edge} %, cloud ${cloud} % of tasks`,
    workflows: (n: number) => count(n, 'held-out workflow', 'held-out workflows'),
    progress: (name: string, percent: string) => `${name}: ${percent} % of its learn steps`,
    inSample: (n: number) => `${count(n, 'workflow', 'workflows')}, in sample`
  },
  scheme: {
    seed: (seed: number) => `seed ${seed}`,
    seeds: (n: number) => count(n, 'seed', 'seeds'),
    seedsOf: (finished: number, all: number) => `${finished} of ${count(all, 'seed', 'seeds')}`,
    weight: (delta: string) => `δ ${delta}`,
    facts: (delta: string, tasks: number, locations: number) => `δ ${delta} · N ${tasks} · K ${locations}`,
    setting: (symbol: string, value: string) => `${symbol} ${value}`
  },
  runs: {
    title: 'Runs',
    loading: 'Reading the runs …',
    shown: (n: number, all: number) => (n === all ? runs(all) : `${integer(n)} of ${runs(all)}`),
    views: 'Views',
    all: 'All',
    running: 'Running',
    attention: 'Needs attention',
    filter: 'Filter by name, scheme, scenario, id',
    status: 'State',
    anyStatus: 'any state',
    algorithm: 'Scheme',
    anyAlgorithm: 'any scheme',
    experiment: (name: string) => `experiment ${name}`,
    clear: (what: string) => `Remove the filter “${what}”`,
    clearAll: 'Clear all filters',
    newExperiment: 'New experiment',
    expandAll: 'Expand all',
    collapseAll: 'Collapse all',
    table: 'Runs by scenario and scheme',
    keys: 'Arrows or J and K move, Enter opens, X selects, C compares.',
    nothing: 'No run matches these filters.',
    emptyTitle: 'No runs yet',
    emptyText:
      'A run trains one scheme on one scenario with one seed and keeps everything: its curves, its policy and how far it stays above the exact optimum. Start with the quick experiment to see a few learn.',
    emptyStart: (n: number) => `Start the quick experiment: ${runs(n)}`,
    emptyOther: 'Choose another experiment',
    select: (what: string) => `Select ${what}`,
    selectAll: 'Select all runs in sight',
    open: (what: string) => `Open or close ${what}`,
    optimum: 'optimum',
    perWorkflow: 'per workflow',
    liveCount: (n: number) => `${n} running`,
    queuedCount: (n: number) => `${n} queued`,
    pausedCount: (n: number) => `${n} paused`,
    finishedCount: (n: number, all: number) => `${n} of ${all}`,
    columns: {
      name: 'Scheme, seed',
      status: 'State',
      steps: 'Learn steps',
      forest: 'Gap on a log scale',
      gap: 'Gap Q/Q* − 1',
      p95: 'p95',
      cost: 'Cost Q',
      delay: 'Delay',
      energy: 'Energy',
      share: 'Tier share',
      time: 'Time',
      started: 'Started'
    },
    help: {
      gap: 'Mean of Q/Q* − 1 over the held-out workflows; Q* is the exact optimum. Of groups: mean of finished seeds ± half of its 95 % interval.',
      p95: '95 % of the held-out workflows have at most this gap.',
      cost: 'Mean weighted cost of a workflow: delay + δ × energy, each as a share of the local-only mean (unless the scenario says otherwise).',
      delay: 'Mean time of a workflow.',
      energy: 'Mean weighted energy of a workflow.',
      share: 'Share of tasks run on the device, on edges and on clouds.',
      time: 'Time of training, pauses not counted; of groups the mean.',
      forest: 'Dot: mean. Whisker: 95 % interval. Faint dots: seeds.'
    },
    forest: (name: string, gap: string) => `${name}: gap ${gap} %`
  },
  actions: {
    selected: (n: number) => runs(n),
    inGroups: (n: number) => `in ${count(n, 'group', 'groups')}`,
    bar: 'Selected runs',
    compare: 'Compare',
    compareMany: (n: number) => `Compare ${runs(n)}`,
    pause: 'Pause',
    resume: 'Resume',
    cancel: 'Cancel',
    remove: 'Delete',
    clear: 'Clear the selection',
    removed: (n: number) => `${runs(n)} deleted`,
    restored: (n: number) => `${runs(n)} restored`,
    undo: 'Undo',
    changed: {
      pause: (n: number) => `${runs(n)} will pause at the next checkpoint`,
      resume: (n: number) => `${runs(n)} queued to go on`,
      cancel: (n: number) => `${runs(n)} cancelled`
    },
    removeActive: 'Runs that train or wait are cancelled before they can be deleted.',
    failed: (what: string, why: string) => `${what} did not work: ${why}`,
    readOnly: 'Nothing can be changed: the data folder is open for reading only.'
  },
  experiments: {
    title: 'Experiments',
    subtitle: 'scenarios × schemes × seeds',
    presets: 'Presets',
    presetsHint: 'Each says what it is for and what it assumes.',
    fromFile: 'From a file',
    fromFileHint: 'Open an experiment as JSON (format dmro-experiment/1), or drop it anywhere here.',
    open: 'Open a file …',
    fileNote: (size: string) => `Opened file, ${size}. The program checks it when it is started.`,
    closeFile: 'Close this file',
    notOpened: (file: string, why: string) => `${file} was not opened: ${why}`,
    fileLarge: (size: string, most: string) => `it has ${size}; at most ${most} can be sent.`,
    fileSyntax: (why: string) => `it is no JSON (${why}).`,
    fileUnreadable: (why: string) => `it cannot be read (${why}).`,
    unread: (why: string) => `The presets could not be read: ${why}`,
    scenarios: (n: number) => count(n, 'scenario', 'scenarios'),
    runs,
    start: 'Start',
    starting: 'Starting …',
    startKey: 'Ctrl ⏎',
    started: (name: string, n: number) => `${name}: ${runs(n)} queued`,
    refused: (n: number) => (n === 1 ? 'Nothing was started. One thing is wrong:' : `Nothing was started. ${n} things are wrong:`)
  },
  seeds: {
    label: 'Seeds',
    placeholder: 'such as 1-5',
    empty: 'Give at least one seed, such as 1 or 1-5.',
    unreadable: (part: string) => `“${part}” is no seed: write whole numbers and spans, such as 1-5 or 1, 2, 3.`,
    reversed: (part: string) => `“${part}” runs backwards: write the smaller seed first.`,
    great: (part: string) => `“${part}” is too great: seeds go up to 2,147,483,648.`,
    many: (most: number) => `At most ${most} seeds at once.`
  },
  charts: {
    gap: { title: 'Optimality gap', caption: 'held-out, % above the optimum', corner: 'the optimum is 0 %, below a log axis' },
    cost: { title: 'Cost Q', caption: 'held-out, per workflow' },
    loss: { title: 'Loss', caption: 'squared TD error' },
    reward: { title: 'Reward', caption: 'mean per task' },
    epsilon: { title: 'Exploration ε', caption: 'share of random proposals' },
    learningRate: { title: 'Learning rate', caption: 'optimiser step size' },
    linear: 'lin',
    log: 'log',
    scaleOf: (chart: string) => `Scale of ${chart}`,
    asTable: 'Show as table',
    step: 'learn step',
    atStep: (step: string) => `learn step ${step}`,
    lastStep: (step: string) => `${step} steps`,
    optimum: (value: string) => `optimum Q* ${value}`,
    goes: (name: string, from: string, to: string) => `${name} goes from ${from} to ${to}`,
    tableThinned: (shown: number, all: number) => `${integer(shown)} of ${integer(all)} steps, evenly chosen`
  },
  dialog: { close: 'Close' },
  parameters: { on: 'yes', off: 'no' },
  toast: { close: 'Close this message', region: 'Messages' },
  shortcuts: {
    title: 'Shortcuts',
    rows: [
      ['J', 'K', 'next and previous row'],
      ['→', '←', 'open and close a group'],
      ['X', '', 'select the row'],
      ['Enter', '', 'open the run or group'],
      ['C', '', 'compare the selected runs'],
      ['/', '', 'filter the runs'],
      ['N', '', 'new experiment'],
      ['Ctrl', '⏎', 'start the focused experiment'],
      ['Ctrl', 'Z', 'undo the last deletion'],
      ['Esc', '', 'clear the selection, leave a run'],
      ['?', '', 'this list']
    ]
  }
}

export type Text = typeof en
