import { count } from '@shared/format'

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
    byRule: 'This algorithm places by a rule: it has no networks.'
  }
}
