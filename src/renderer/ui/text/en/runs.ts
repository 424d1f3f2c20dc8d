import { integer } from '../../format'
import { count, runs } from './counts'

/** The table of runs and what can be done to them. */
export const runsText = {
  runs: {
    title: 'Runs',
    loading: 'Reading the runs …',
    shown: (n: number, all: number) => (n === all ? runs(all) : `${integer(n)} of ${runs(all)}`),
    views: 'Views',
    all: 'All',
    running: 'Running',
    attention: 'Needs attention',
    filter: 'Filter by scheme, scenario, id',
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
    perWorkflow: 'per wf',
    liveCount: (n: number) => `${n} running`,
    queuedCount: (n: number) => `${n} queued`,
    pausedCount: (n: number) => `${n} paused`,
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
      pause: (n: number) => `${runs(n)} ${n === 1 ? 'is' : 'are'} put on hold`,
      resume: (n: number) => `${runs(n)} queued to go on`,
      cancel: (n: number) => `${runs(n)} cancelled`
    },
    removeActive: 'Runs that train or wait are cancelled before they can be deleted.',
    failed: (what: string, why: string) => `${what} did not work: ${why}`,
    readOnly: 'Nothing can be changed: the data folder is open for reading only.'
  }
}
