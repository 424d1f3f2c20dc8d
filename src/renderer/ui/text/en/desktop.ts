import { integer } from '@shared/format'
import { count } from '@shared/format'
import { runCount } from './counts'

/** Files that come in and go out, and what is told outside the page. */
export const desktopText = {
  desktop: {
    open: 'Open files…',
    titles: { file: 'File', edit: 'Edit', go: 'Go', view: 'View', help: 'Help' },
    progress: (percent: number, title: string) => `${percent} % · ${title}`,
    notices: 'Notifications',
    noticesOn: 'On',
    noticesOff: 'Off',
    noticesHint: 'When a run or an experiment ends while this window is not the one in use.',
    noticesDenied: 'This browser does not let the page show notifications; allow them in its settings for this address.',
    noticesNone: 'This browser does not support notifications.',
    reloaded: {
      crashed: 'The page had crashed and was loaded again. Runs were not affected; what was typed is as it was last kept.',
      hung: 'The page did not answer and was loaded again. Runs were not affected; what was typed is as it was last kept.'
    },
    closing: 'Closing',
    closingPage: 'Closing this page stops nothing: training continues in the program that printed the link.',
    closingWindow: 'Closing the window while runs train asks whether they should continue in the background.',
    ended: (name: string) => `${name}: ended`,
    endedOf: (completed: number, all: number) =>
      completed === all ? `${runCount(all)} completed` : `${integer(completed)} of ${runCount(all)} completed`,
    failed: (n: number) => `${integer(n)} failed`,
    diverged: (n: number) => `${integer(n)} diverged`
  },
  opening: {
    title: 'Open files',
    drop: 'Drop files to open them',
    dropHint:
      'Topologies, workloads, scenarios, experiments, policies, bundles of runs; GraphML, GML, tables, WfCommons, DAX, SAGA and more',
    reading: 'Reading …',
    sending: (percent: number) => `Reading … ${percent} %`,
    open: (n: number) => (n === 1 ? 'Open' : `Open ${count(n, 'file', 'files')}`),
    cancel: 'Cancel',
    close: 'Close',
    unknown: 'The format of this file is not known.',
    tooLarge: (size: string, most: string) => `This is ${size}; the limit for files of this kind is ${most}.`,
    workloadTooLarge: (size: string, most: string) =>
      `Its workflows take ${size} as the lab keeps them; the limit is ${most}. The command line takes larger files: lab run, lab optimum.`,
    empty: 'This file is empty.',
    noRoom: (title: string) => `This is ${title}. No page of this window opens it; the command line does: lab evaluate, lab adapt.`,
    unreadable: (name: string, why: string) => `${name} could not be read: ${why}`,
    failed: (name: string, why: string) => `${name} was not opened: ${why}`,
    fault: (path: string, message: string) => (path === '' || path === '$' ? message : `${path}: ${message}`),
    moreFaults: (n: number) => `and ${integer(n)} more`,
    assumed: (n: number) => `${count(n, 'assumption', 'assumptions')} to read it`,
    together: (n: number) => count(n, 'file', 'files'),
    asOne: (n: number) => `Workflows of ${count(n, 'file', 'files')} as one workload`,
    readOnly: 'Nothing can be kept: the data folder is open read-only.',
    withFaults: (n: number) => `It has ${count(n, 'fault', 'faults')}; the editor shows where.`,
    does: {
      topology: (name: string, nodes: number, links: number) =>
        `The topology “${name}”: ${count(nodes, 'node', 'nodes')}, ${count(links, 'link', 'links')}. It opens in the editor and is saved from there.`,
      workload: (name: string, workflows: number, title: string) =>
        `The workload “${name}” (${title}): ${workflows > 0 ? count(workflows, 'workflow', 'workflows') : 'drawn by a generator'}. It is added to your workloads.`,
      experiment: (name: string) => `The experiment “${name}”. It opens in the planner; nothing starts yet.`,
      scenario: (name: string) => `The scenario “${name}”. It opens as a new plan; nothing starts yet.`,
      environments: (name: string) => `The environment set “${name}”. It is added to the library, where experiments name it.`,
      policy: (name: string, places: number, tasks: number) =>
        `A policy for ${count(places, 'place', 'places')} and workflows of up to ${count(tasks, 'task', 'tasks')}. It is kept as “${name}”.`,
      bundle: (added: number, here: number, when: string, app: string) =>
        `A bundle of ${when}, made by DMRO Lab ${app}: ${[
          added > 0 ? `${runCount(added)} to import` : '',
          here > 0 ? `${runCount(here)} already here` : '',
          added + here === 0 ? 'no runs' : ''
        ]
          .filter((part) => part !== '')
          .join(', ')}.`,
      also: (parts: string) => `For the library: ${parts}.`
    },
    parts: {
      documents: (n: number) => count(n, 'document', 'documents'),
      comparisons: (n: number) => count(n, 'comparison', 'comparisons'),
      policies: (n: number) => count(n, 'policy', 'policies')
    },
    kept: (name: string) => `${name}: kept`
  },
  bundles: {
    export: 'Bundle for another lab',
    exportHelp:
      'One .dmro file with everything of these runs: curves at full resolution, policies, evaluation, what happened to them, notes and tags.',
    exportJson: 'JSON, every point',
    forms: {
      tensorboard: 'TensorBoard event files',
      mlflow: 'MLflow folder',
      csv: 'Table, CSV',
      tsv: 'Table, TSV',
      latex: 'Table, LaTeX',
      saga: 'SAGA results, CSV',
      methods: 'Methods paragraph',
      bibtex: 'BibTeX of what is cited'
    },
    handedOut: (name: string, size: string) => `${name}: ${size}`,
    command: 'Export the selected runs as a bundle',
    failed: 'The bundle',
    with: 'Include from the library',
    comparisons: 'comparisons of these runs',
    policies: 'named policies',
    topologies: 'topologies',
    workloads: 'workloads',
    experiments: 'experiments',
    exported: (n: number, size: string) => `${runCount(n)} bundled (${size})`,
    imported: (added: number, here: number) =>
      here === 0
        ? `${runCount(added)} imported`
        : added === 0
          ? `Nothing imported: ${runCount(here)} already here`
          : `${runCount(added)} imported, ${integer(here)} already here`,
    importedLibrary: (n: number) => `${count(n, 'item', 'items')} imported into the library`,
    hereLibrary: (n: number) => `${integer(n)} already in the library`
  }
}
