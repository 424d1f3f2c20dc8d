import { count } from '@shared/format'

/** The kinds of references beside figures. */
const KINDS = { optimum: 'optimum', 'best-known': 'best known', bound: 'lower bound' }

/** How workflows were placed: timeline, map, and what each network thought. */
export const placementsText = {
  placements: {
    thisPolicy: 'This policy',
    optimum: 'Optimum',
    gap: (value: string) => `gap ${value}`,
    computes: (task: string, place: string, work: string, when: string) => `${task} computes on ${place}: ${work}, ${when}`,
    sends: (size: string, from: string, to: string, when: string) => `${size} from ${from} to ${to}, ${when}`,
    sentence: (id: string, policy: string, best: string, gap: string, differing: number) =>
      `Workflow ${id}: ${policy} s by this policy, ${best} s by the optimum, gap ${gap}, ${count(differing, 'task', 'tasks')} elsewhere`,
    timelineOf: (id: string) => `Placement timeline, workflow ${id}`,
    worst: (n: number) => `worst of ${n}`,
    differs: (n: number) => (n === 0 ? 'as the optimum' : `${count(n, 'task', 'tasks')} elsewhere than the optimum (outlined)`),
    timelineHelp: 'bar: compute, number: task, dashed: transfer, outlined: elsewhere than the optimum',
    all: 'All workflows',
    allBatches: 'All batches',
    loading: 'Placing the workflows …',
    listTitle: (n: number) => `${count(n, 'workflow', 'workflows')}, greatest gap first`,
    workflowHead: 'Workflow',
    gapHead: 'Gap',
    costHead: 'Cost Q',
    placementHead: 'Placement, task by task',
    taskHead: 'Task',
    unitHead: 'Network',
    map: 'On the map',
    which: 'Whose placement',
    play: 'Play',
    stop: 'Stop',
    scrub: 'Moment, in seconds',
    doing: (task: string, place: string) => `${task} computes on ${place}`,
    moving: (size: string, from: string, to: string) => `${size} on the way from ${from} to ${to}`,
    ran: (n: number) => count(n, 'task', 'tasks'),
    unitsTitle: 'Networks and their Q-values',
    unitsHelp: 'each places the workflow by itself; the placement with the least cost Q wins',
    won: 'won',
    valuesOf: (unit: string) => `Q-values of network ${unit}`,
    valuesHelp: 'along its own placement; the greatest is taken (shaded), a mark shows the optimum’s place',
    placesShown: (shown: number, all: number) => `the ${shown} most used of ${count(all, 'place', 'places')}`,
    optimumHere: 'the optimum’s place',
    batchHead: 'Batch',
    batchesTitle: (n: number) => count(n, 'batch', 'batches'),
    find: 'Find by name or device',
    nothingFound: 'Nothing is called so.',
    shownOf: (shown: string, all: string) => `${shown} of ${all}`,
    byRule: 'This algorithm places without training: it has no networks.'
  },
  references: {
    kinds: KINDS,
    /** A gap with what it is to. */
    above: {
      optimum: (gap: string) => `${gap} above the optimum`,
      'best-known': (gap: string) => `${gap} above the best known`,
      bound: (gap: string) => `≤ ${gap} above the optimum: the gap is to a lower bound`
    },
    counts: {
      optimum: (n: number) => `optimum, proven: ${n}`,
      'best-known': (n: number) => `best known: ${n}`,
      bound: (n: number) => `lower bound: ${n}`
    }
  },
  schedule: {
    title: (id: string) => `Schedule of batch ${id}`,
    own: 'This run',
    other: { optimum: 'Optimum', 'best-known': 'Best known', bound: 'Lower bound' },
    figures: (mean: string, last: string, joules: string, cost: string) => `T ${mean} s mean, ${last} s last · E ${joules} J · Q ${cost}`,
    provenFrom: (lower: string) => `proven not below ${lower}`,
    noOther: (lower: string, how: string) =>
      `No placement is known that reaches the lower bound Q ≥ ${lower} (${how}). Find one: run local search, annealing or beam search on this scenario, and compare.`,
    unplaced: 'This placement sends data where no route leads: it has no schedule.',
    keys: 'Left and right: tasks in the order of decisions. Up and down: lanes. K: critical path. 1 to 9: one workflow, 0: all. Escape: unpin.',
    previous: 'Previous batch',
    next: 'Next batch',
    only: 'Workflow to show',
    everyOne: (n: number) => `All ${n}`,
    path: 'Critical path',
    legend: { compute: 'computing', send: 'sending', back: 'returning', wait: '1, 2, 3+ waiting', path: 'critical path' },
    busy: 'busy, %',
    waits: 'waits, s',
    core: (node: string, core: number) => `${node} core ${core}`,
    row: (machine: string, row: number) => `${machine}, ${row}`,
    idle: (n: number) => `${count(n, 'idle lane', 'idle lanes')} folded`,
    unfold: 'Show all lanes',
    fold: 'Fold lanes',
    hint: 'Point at a bar: when, how long it waited, and behind what. A click pins it and finds the task in both schedules.',
    why: 'Why a bar starts when it starts',
    unpin: 'Unpin',
    whyCompute: (label: string, at: string) => `Why ${label} starts at ${at} s`,
    whySend: (size: string, label: string, at: string) => `Why the ${size} for ${label} are sent at ${at} s`,
    whyReturn: (size: string, label: string, at: string) => `Why the ${size} of ${label} return at ${at} s`,
    computes: (task: string, work: string, where: string, from: string, to: string) => `${task}: ${work} on ${where}, ${from} – ${to} s`,
    sends: (where: string, from: string, to: string, there: string) => `${where}, ${from} – ${to} s, there at ${there} s`,
    ordered: (i: number, n: number) => `task ${i} of ${n} in the order`,
    ready: (at: string) => `Its data was there at ${at} s.`,
    released: (at: string) => `It could begin at ${at} s, when its workflow is released.`,
    waited: (seconds: string, machine: string) => `It then waited ${seconds} s for ${machine}`,
    behind: (labels: string, more: number) =>
      more > 0 ? `, behind ${labels} and ${more} more.` : labels === '' ? '.' : `, behind ${labels}.`,
    noWait: (machine: string) => `It did not wait for ${machine}.`,
    transfersWaited: (seconds: string) => `Its transfers waited ${seconds} s.`,
    transfersDidNot: 'Its transfers did not wait.',
    onPath: 'It is on the critical path.',
    otherwise: (where: string, waits: string, when: string) => `The other schedule has it on ${where}, ${waits} and ${when}.`,
    otherWaits: (seconds: string) => `where it waits ${seconds} s`,
    otherNoWait: 'where it does not wait',
    earlier: (seconds: string) => `starts ${seconds} s earlier`,
    later: (seconds: string) => `starts ${seconds} s later`,
    same: 'starts at the same moment',
    losses: 'Where it waits',
    lossesHelp: (n: number) => `time waited, s · ${count(n, 'task', 'tasks')}`,
    queue: 'Queue',
    difference: 'difference',
    allQueues: (n: number) => `all ${count(n, 'queue', 'queues')}`
  }
}
