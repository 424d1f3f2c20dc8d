import { count } from '@shared/format'
import { runCount } from './counts'

/** Programs of the user's as algorithms. */
export const agentsText = {
  agents: {
    title: 'Own algorithms',
    subtitle: 'Programs on this machine that stand in comparisons like any other algorithm.',
    setting: 'Own algorithms',
    settingHint: 'Register programs on this machine as algorithms.',
    settingOpen: 'Show own algorithms',
    register: 'Register a program',
    howTo: 'docs/own-algorithm.md says how to write one; python holds a package and examples.',
    none: 'No program is registered on this machine.',
    loading: 'Reading the list of programs …',
    failed: (why: string) => `The list of programs could not be read: ${why}`,
    retry: 'Try again',
    algorithm: 'Algorithm',
    command: 'Command, on this machine only',
    standing: 'Standing',
    took: 'First word after',
    parameters: 'Parameters',
    made: 'Made with',
    runs: 'Runs',
    deeds: 'Actions',
    ready: 'ready',
    exact: 'ready, resumes exactly',
    unchecked: 'never checked',
    checking: 'being checked …',
    faulty: 'cannot run',
    unknown: 'not registered here',
    check: 'Check again',
    checkOne: (name: string) => `Check ${name} again`,
    remove: 'Forget',
    removeOne: (name: string) => `Forget ${name}`,
    registerOne: (name: string) => `Register ${name}`,
    ask: (name: string) => `Forget the command of ${name}?`,
    askRuns: (runs: number) =>
      runs === 0 ? 'No run of it is kept.' : `Its ${runCount(runs)} can still be seen and compared; new ones need the command again.`,
    keep: 'Keep',
    removed: (name: string) => `Forgotten: ${name}`,
    checked: (name: string, fault: string | undefined) => (fault === undefined ? `${name} is ready` : `${name} cannot run: ${fault}`),
    details: (name: string) => `Check of ${name}`,
    steps: 'What was looked at',
    stepTook: (milliseconds: number) => (milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`),
    stderr: 'The end of its stderr',
    folder: (folder: string) => `Started in ${folder}`,
    namedBy: (runs: number) =>
      `${count(runs, 'run names', 'runs name')} it and can be seen and compared. To start new ones, register a command of this name.`,
    name: 'Name',
    nameHelp: 'Small letters, digits and hyphens, 40 at most.',
    commandField: 'Command',
    commandHelp: 'A program and its arguments, in quotes where they hold spaces; no shell reads them. It runs with your own rights.',
    folderField: 'Folder it is started in',
    folderHelp: 'Your home folder where nothing is said.',
    add: 'Register and check',
    cancel: 'Cancel'
  }
}
