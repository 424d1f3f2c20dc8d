import { count, counted } from '@shared/format'
const linkName = (from: string, to: string) => `${from} – ${to}`

/** The words of the playground. */
export const playgroundText = {
  playground: {
    title: 'Playground',
    trainedOn: (scenario: string) => `trained on ${scenario}`,
    opening: 'Loading the policy into its own process …',
    chooseOther: 'Choose another policy',
    link: linkName,
    emptyTitle: 'Play with a trained policy',
    emptyText:
      'Choose a policy and drag a bandwidth or a processor’s speed: where its tasks go, what that costs and how far it is from the exact optimum update at once. Then let it adapt – from meta-parameters ψ, from the weights it has and from random ones – and watch the three recover side by side.',
    choose: 'Trained policies, newest first',
    heads: { policy: 'Algorithm, seed', run: 'Run', scenario: 'Trained on', gap: 'Optimality gap' },
    noneTrained: 'No run has a policy yet.',
    train: 'Train a quick one (about 5 s)',
    quickName: 'quick policy for the playground',
    trainText: 'DMRO+ on the preset “one edge, one cloud”, 800 learn steps.',
    training: (share: string) => `Training… ${share} %`,
    adapt: (three: boolean) => (three ? 'Adapt all three' : 'Adapt both'),
    stop: 'Stop adapting',
    psiLabel: 'Weights to start from: meta-parameters ψ, or those of another run',
    noPsi: 'Start from: ψ, or weights',
    seeds: 'Seeds',
    search: 'Find a policy: words, or gap < 5 %',
    found: (shown: number, all: number) =>
      shown === all ? count(all, 'policy', 'policies') : `${shown} of ${count(all, 'policy', 'policies')}`,
    noneFound: 'No policy matches.',
    /** Only what meta-learning made is ψ. */
    runOption: (algorithm: string, seed: number, id: string, isPsi: boolean) =>
      `${isPsi ? 'ψ:' : 'weights of'} ${algorithm} · seed ${seed} (${id})`,
    namedOption: (name: string, isPsi: boolean) => `${isPsi ? 'ψ:' : 'weights:'} ${name}`,
    preset: 'Change',
    choosePreset: 'Change by a preset…',
    presets: {
      halveEdgeLinks: 'bandwidth of device–edge halves',
      halveCloudLinks: 'bandwidth of device–cloud halves',
      halveAllLinks: 'every bandwidth halves',
      slowEdges: 'edges slow to a third',
      slowClouds: 'clouds slow to a third',
      fastEdges: 'edges get three times as fast'
    },
    shake: 'Shake',
    shakeTitle: 'A random world around the trained one: bandwidths and server speeds × e^U(−0.7, 0.7), device speeds × e^U(−0.35, 0.35)',
    shaken: (member: number) => `shake ${member}`,
    reset: 'Reset',
    resetTitle: 'Back to the trained world',
    unchanged: 'the trained world',
    save: 'Download',
    saveTitle: 'The world as it is now, as a file for lab optimum, lab run and lab import',
    readouts: 'Policy and optimum now',
    cost: 'Cost Q now, not adapted',
    optimum: 'Optimum Q* now',
    gap: 'Gap now',
    adapted: { psi: 'Gap adapted from ψ', weights: 'Gap adapted from chosen weights', old: 'Gap, old weights adapted' },
    notAdapted: 'not adapted yet',
    delay: 'Delay T, mean',
    energy: 'Energy E, mean',
    was: (value: string) => `was ${value}`,
    optimumIs: (value: string) => `opt. ${value}`,
    afterSteps: (steps: string) => counted(steps, 'learn step', 'learn steps'),
    heldOut: (n: number, inSample: boolean) =>
      `mean of ${inSample ? count(n, 'workflow, in sample', 'workflows, in sample') : count(n, 'held-out workflow', 'held-out workflows')}`,
    map: 'World',
    mapCaption: 'drag, or arrow keys; double-click resets one',
    mapList: 'every link and node; arrow keys, or drag',
    bandwidth: (from: string, to: string) => `Bandwidth ${linkName(from, to)}`,
    speed: (id: string) => `Speed of ${id}`,
    flow: 'Watch tasks flow',
    pauseFlow: 'Pause the tasks',
    strip: {
      policy: (id: string) => `${id}, policy`,
      adapted: (id: string) => `${id}, adapted`,
      optimum: (id: string) => `${id}, optimum`
    },
    strips: (id: string) => `Tasks of ${id}`,
    adapting: 'Cost Q while adapting',
    optimumWord: 'optimum',
    starts: { psi: 'from ψ', weights: 'from chosen weights', old: 'from its old weights', random: 'from random' },
    startRows: { psi: 'ψ', weights: 'chosen weights', old: 'old weights', random: 'random weights' },
    notStarted: 'Change the world, then press “Adapt”: learners start from each set of weights and are measured on the same workflows.',
    observe: 'Delays measured with noise of',
    observeHelp:
      'How soon an outer model that sees only the measured delays of placed workflows would detect this change: a cumulative-sum test (Page 1954) over 20 sequences of noise, 500 workflows before the change and 500 after. The learners below start at once, as with an oracle.',
    observing: 'Watching …',
    observed: (median: string | undefined, missed: number, trials: number, falseAlarms: number, workflows: string) =>
      [
        median === undefined
          ? 'not detected within 500 workflows'
          : `detected ${counted(median, 'workflow', 'workflows')} late (median of ${trials - missed})`,
        missed > 0 && median !== undefined ? `not detected in ${missed} of ${trials} trials` : '',
        `${falseAlarms === 0 ? 'no false alarm' : count(falseAlarms, 'false alarm', 'false alarms')} in ${counted(workflows, 'workflow', 'workflows')}`,
        'an oracle: at once'
      ]
        .filter((part) => part !== '')
        .join(' · '),
    percent: (value: number) => `${value} %`,
    recovery: 'Recovery',
    recoveryCaption: 'after the last change',
    columns: {
      start: 'Start from',
      within: 'To within 5 %',
      at: (steps: number) => `Gap at ${count(steps, 'step', 'steps')}, %`,
      end: 'Gap now, %'
    },
    within: (steps: string, recovered: number, seeds: number) =>
      `${counted(steps, 'step', 'steps')}${seeds > 1 ? `, ${recovered} of ${count(seeds, 'seed', 'seeds')}` : ''}`,
    withinTitle: (workflows: string) => `${counted(workflows, 'workflow', 'workflows')} placed until the mean gap was at most 5 %`,
    notYet: 'not yet',
    noPsiRow: 'choose a ψ',
    shares: { policy: 'policy now', optimum: 'optimum now' },
    placement: 'Placement',
    placementCaption: 'framed tasks differ from the optimum now',
    workflow: 'Workflow',
    workflowOption: (id: string, gap: string) => `${id} · gap ${gap}`,
    placer: 'Placements of',
    policyNow: 'Policy, not adapted',
    adaptedPlacer: (start: string, seed: number | undefined) => `Adapted ${start}${seed === undefined ? '' : `, seed ${seed}`}`,
    optimumNow: 'Optimum now',
    figures: (seconds: string, joules: string, cost: string) => `${seconds} s · ${joules} J · Q ${cost}`,
    andGap: (gap: string) => `gap ${gap}`,
    megabytes: (size: string) => `${size} MB`,
    seconds: (value: string) => `${value} s`,
    timeline: (who: string, places: string) => `${who}: ${places}`,
    failed: (reason: string) => `The playground does not answer: ${reason}`,
    misfit: (reason: string) => `Cannot start from these weights: ${reason}`,
    again: 'Open again'
  }
} as const
