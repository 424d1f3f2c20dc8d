import type { Catalogue } from '../catalogue'
import type { studiesText as english } from '../en/studies'
import { anzahl, laeufe, laeufen } from './counts'

const etwa = (time: string | undefined) => (time ? `, etwa ${time}` : '')

/** Die Abbildungen des Artikels: die Galerie und eine einzelne. */
export const studiesText: Catalogue<typeof english> = {
  studies: {
    title: 'Studien',
    subtitle: 'die Abbildungen des Artikels, auf diesem Rechner nachgerechnet',
    figures: (n) => anzahl(n, 'Abbildung', 'Abbildungen'),
    paper: 'Artikel',
    here: 'hier',
    verdict: { holds: 'trifft zu', 'in part': 'trifft teilweise zu', 'does not hold': 'trifft nicht zu', open: 'noch nicht beurteilt' },
    verdicts: {
      holds: (n) => (n === 1 ? '1 trifft zu' : `${n} treffen zu`),
      'in part': (n) => `${n} teilweise`,
      'does not hold': (n) => (n === 1 ? '1 nicht' : `${n} nicht`)
    },
    variant: { full: 'voll', quick: 'schnell' },
    variantLabel: 'Größe der Studien',
    variantHint: 'Voll: fünf Seeds und der Bereich des Artikels. Schnell: zwei Seeds und kurze Läufe.',
    runAll: (time) => `Alle ausführen${etwa(time)}`,
    quickAll: (time) => `Alle als Schnelllauf${etwa(time)}`,
    run: 'Ausführen',
    goOn: 'Fortsetzen',
    quickRun: 'Schnelllauf',
    stop: 'Anhalten',
    open: 'Öffnen',
    nameOf: (figure, title) => `${figure}: ${title}`,
    actOn: (action, figure) => `${action}: ${figure}`,
    cost: (n, time) => `${laeufe(n)}${etwa(time)}`,
    progress: (done, all) => `${done} von ${laeufen(all)}`,
    stage: (number, of, title) => `Stufe ${number} von ${of}: ${title}`,
    done: (n, when, time) => `${laeufe(n)} · ${when} · ${time}`,
    notYet: 'nicht ausgeführt',
    empty: 'Noch ist nichts gezeichnet.',
    reading: (n) => `${laeufe(n)} werden gelesen …`,
    nothingHere: 'die Läufe sagen noch nichts',
    started: (n) => `${laeufe(n)} unterwegs`,
    stopped: 'Angehalten. „Fortsetzen“ macht dort weiter, wo sie aufgehört haben.',
    notStarted: (why) => `Nichts wurde gestartet: ${why}`,
    unread: (why) => `Die Studien konnten nicht gelesen werden: ${why}`,
    unknown: 'Diese Studie gibt es nicht.',
    back: 'Alle Studien',
    claims: 'Was der Artikel behauptet',
    points: 'Zahlen',
    pointsHint: 'beim letzten Lernschritt: Mittel über Seeds, in Klammern ihre 95-%-Bootstrap-Intervalle',
    columns: {
      line: 'Linie',
      scenario: 'Szenario',
      weight: 'δ',
      seeds: 'Seeds',
      steps: 'Lernschritte',
      gap: 'Optimalitätslücke',
      cost: 'Kosten Q je Workflow'
    },
    again: 'Erneut starten',
    againPoint: (line, scenario) => `Erneut starten: ${line}, ${scenario}`,
    showRuns: (line, scenario) => `Läufe vergleichen: ${line}, ${scenario}`,
    export: 'Exportieren',
    exports: { svg: 'SVG', png: 'PNG', csv: 'CSV', md: 'Markdown' },
    exportAs: (format, chart) => `${chart} als ${format} exportieren`,
    exported: (file) => `Gespeichert: ${file}`,
    notExported: (why) => `Nichts wurde exportiert: ${why}`,
    interval: (mean, low, high) => `${mean} (${low} bis ${high})`,
    atStep: (step) => `Lernschritt ${step}`,
    atWeight: (weight) => `δ ${weight}`
  }
}
