import { evaluatedText } from '@shared/run/evaluated'
import { count } from '@shared/format'

/** Words that every page uses. */
export const wordsText = {
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
    evaluated: evaluatedText,
    progress: (name: string, percent: string) => `${name}: ${percent} % of its steps`
  },
  algorithm: {
    seed: (seed: number) => `seed ${seed}`,
    seeds: (n: number) => count(n, 'seed', 'seeds'),
    seedsOf: (finished: number, all: number) => `${finished} of ${count(all, 'seed', 'seeds')}`,
    weight: (delta: string) => `δ ${delta}`,
    facts: (delta: string, tasks: number, locations: number) => `δ ${delta} · N ${tasks} · K ${locations}`
  },
  parameters: { on: 'yes', off: 'no' },
  /** What lists to choose from say of themselves. */
  choice: { none: 'Nothing to choose', noMatch: 'Nothing matches', loading: 'Reading …', placeholder: 'Choose', take: 'Remove this one' },
  dates: {
    day: (day: number, month: string) => `${day} ${month}`,
    months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
  },
  /** What stands on keys that have more than a sign. */
  keys: {
    Alt: 'Alt',
    Backspace: 'Backspace',
    Control: 'Ctrl',
    Delete: 'Del',
    End: 'End',
    Escape: 'Esc',
    Home: 'Home',
    PageDown: 'Page Down',
    PageUp: 'Page Up',
    Shift: 'Shift',
    Space: 'Space',
    Tab: 'Tab'
  }
}
