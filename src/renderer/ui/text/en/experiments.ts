import { counted, count } from '@shared/format'
import { runCount } from './counts'

/** Experiments: what can be started. */
export const experimentsText = {
  experiments: {
    title: 'Experiments',
    subtitle: 'scenarios × algorithms × seeds',
    presets: 'Presets',
    presetsHint: 'Each says what it is for and what it assumes.',
    fromFile: 'From a file',
    fromFileHint: 'Open an experiment as JSON (format dmro-experiment/1), or drop it anywhere here.',
    open: 'Open a file …',
    fileNote: (size: string) => `Opened file, ${size}. The program checks it when it is started.`,
    closeFile: 'Close this file',
    notOpened: (file: string, why: string) => `${file} was not opened: ${why}`,
    fileLarge: (size: string, most: string) => `it is ${size}; the limit is ${most}.`,
    fileSyntax: (why: string) => `${why}.`,
    fileUnreadable: (why: string) => `it could not be read (${why}).`,
    unread: (why: string) => `The presets could not be read: ${why}`,
    scenarios: (n: number) => count(n, 'scenario', 'scenarios'),
    runs: runCount,
    work: (steps: string, time: string | undefined) =>
      `· ${counted(steps, 'learn step', 'learn steps')} in total${time ? `, about ${time}` : ''}`,
    workHint: 'The time is estimated from earlier runs of the same algorithms and sizes on this machine.',
    start: 'Start',
    starting: 'Starting …',
    startKey: 'Ctrl ⏎',
    started: (name: string, n: number) => `${name}: ${runCount(n)} queued`,
    refused: (n: number) =>
      n === 1 ? 'Nothing was started. There is one fault:' : `Nothing was started. There are ${count(n, 'fault', 'faults')}:`
  },
  seeds: {
    label: 'Seeds',
    placeholder: 'such as 1-5'
  }
}
