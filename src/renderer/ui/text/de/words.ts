import type { Catalogue } from '../catalogue'
import type { wordsText as english } from '../en/words'
import { anzahl } from './counts'

/** Wörter, die jeder Raum gebraucht. */
export const wordsText: Catalogue<typeof english> = {
  status: {
    queued: 'wartet',
    running: 'läuft',
    paused: 'angehalten',
    interrupted: 'unterbrochen',
    completed: 'fertig',
    failed: 'gescheitert',
    cancelled: 'abgebrochen',
    diverged: 'divergiert'
  },
  tiers: { device: 'Gerät', edge: 'Edge', cloud: 'Cloud' },
  units: {
    percent: '%',
    seconds: 's',
    joules: 'J',
    shares: (device, edge, cloud) => `Gerät ${device} %, Edge ${edge} %, Cloud ${cloud} % der Aufgaben`,
    workflows: (n) => anzahl(n, 'zurückgehaltener Workflow', 'zurückgehaltene Workflows'),
    progress: (name, percent) => `${name}: ${percent} % der Lernschritte`,
    inSample: (n) => `${anzahl(n, 'Workflow', 'Workflows')}, auf den Trainingsdaten`
  },
  scheme: {
    seed: (seed) => `Seed ${seed}`,
    seeds: (n) => anzahl(n, 'Seed', 'Seeds'),
    seedsOf: (finished, all) => `${finished} von ${anzahl(all, 'Seed', 'Seeds')}`,
    weight: (delta) => `δ ${delta}`,
    facts: (delta, tasks, locations) => `δ ${delta} · N ${tasks} · K ${locations}`,
    setting: (symbol, value) => `${symbol} ${value}`
  },
  parameters: { on: 'ja', off: 'nein' },
  choice: {
    none: 'Nichts zu wählen',
    noMatch: 'Nichts passt',
    loading: 'Wird gelesen …',
    placeholder: 'Wählen',
    take: 'Dieses herausnehmen'
  },
  dates: {
    day: (day, month) => `${day}. ${month}`,
    months: ['Jan.', 'Feb.', 'März', 'Apr.', 'Mai', 'Juni', 'Juli', 'Aug.', 'Sept.', 'Okt.', 'Nov.', 'Dez.']
  },
  keys: {
    Alt: 'Alt',
    Backspace: 'Rück',
    Control: 'Strg',
    Delete: 'Entf',
    End: 'Ende',
    Escape: 'Esc',
    Home: 'Pos1',
    PageDown: 'Bild ab',
    PageUp: 'Bild auf',
    Shift: 'Umschalt',
    Space: 'Leertaste',
    Tab: 'Tab'
  }
}
