import type { Catalogue } from '../catalogue'
import type { experimentsText as english } from '../en/experiments'
import { anzahl, laeufe } from './counts'

/** Experimente: was gestartet werden kann. */
export const experimentsText: Catalogue<typeof english> = {
  experiments: {
    title: 'Experimente',
    subtitle: 'Szenarien × Schemata × Seeds',
    presets: 'Vorlagen',
    presetsHint: 'Jede sagt, wozu sie dient und was sie annimmt.',
    fromFile: 'Aus einer Datei',
    fromFileHint: 'Ein Experiment als JSON öffnen (Format dmro-experiment/1) oder irgendwo hier ablegen.',
    open: 'Datei öffnen …',
    fileNote: (size) => `Geöffnete Datei, ${size}. Das Programm prüft sie beim Start.`,
    closeFile: 'Diese Datei schließen',
    notOpened: (file, why) => `${file} wurde nicht geöffnet: ${why}`,
    fileLarge: (size, most) => `sie hat ${size}; höchstens ${most} können gesendet werden.`,
    fileSyntax: (why) => `sie ist kein JSON (${why}).`,
    fileUnreadable: (why) => `sie kann nicht gelesen werden (${why}).`,
    unread: (why) => `Die Vorlagen konnten nicht gelesen werden: ${why}`,
    scenarios: (n) => anzahl(n, 'Szenario', 'Szenarien'),
    runs: laeufe,
    work: (steps, time) => `· zusammen ${steps} Lernschritte${time ? `, etwa ${time}` : ''}`,
    workHint: 'Die Zeit folgt früheren Läufen derselben Schemata und Größen auf diesem Rechner.',
    start: 'Starten',
    starting: 'Startet …',
    startKey: 'Strg ⏎',
    started: (name, n) => `${name}: ${laeufe(n)} eingereiht`,
    refused: (n) => (n === 1 ? 'Nichts wurde gestartet. Eines stimmt nicht:' : `Nichts wurde gestartet. ${n} Dinge stimmen nicht:`)
  },
  seeds: {
    label: 'Seeds',
    placeholder: 'etwa 1-5',
    empty: 'Geben Sie mindestens einen Seed an, etwa 1 oder 1-5.',
    unreadable: (part) => `„${part}“ ist kein Seed: Schreiben Sie ganze Zahlen und Spannen, etwa 1-5 oder 1, 2, 3.`,
    reversed: (part) => `„${part}“ läuft rückwärts: Schreiben Sie den kleineren Seed zuerst.`,
    great: (part) => `„${part}“ ist zu groß: Seeds gehen bis 2,147,483,648.`,
    many: (most) => `Höchstens ${most} Seeds auf einmal.`
  }
}
