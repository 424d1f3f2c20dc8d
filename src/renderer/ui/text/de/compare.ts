import type { compareText as english } from '../en/compare'
import type { PartialText } from '../partial'
import { anzahl, laeufe } from './counts'

/** Läufe und Gruppen nebeneinander. */
export const compareText: PartialText<typeof english> = {
  compare: {
    title: 'Vergleich',
    groups: (n) => anzahl(n, 'Gruppe', 'Gruppen'),
    emptyTitle: 'Noch nichts zu vergleichen',
    emptyText:
      'Wählen Sie in der Tabelle zwei oder mehr Läufe und drücken Sie C. Läufe, die sich nur im Seed unterscheiden, erscheinen als eine Gruppe mit ihrem 95-%-Intervall.',
    choose: 'Läufe wählen',
    loading: 'Die Läufe werden gelesen …',
    gone: (n) => `${laeufe(n)} dieses Vergleichs ${n === 1 ? 'ist' : 'sind'} nicht mehr da.`,
    chips: 'Verglichene Gruppen',
    drop: (name) => `${name} weglassen`,
    metric: 'Kurve',
    noCurves: 'Keines dieser Schemata lernt: Es gibt keine Kurven. Ihre Auswertungen stehen darunter.',
    caption: 'Mittel der Seeds; Band: 95-%-Intervall (ab 3 Seeds)',
    table: 'Auswertung auf zurückgehaltenen Workflows',
    tableHint: 'Mittel fertiger Seeds ± halbes 95-%-Intervall; Bestes fett',
    inSample: 'auf den Trainingsdaten',
    columns: {
      group: 'Schema',
      seeds: 'Seeds',
      forest: 'Lücke auf log-Skala',
      gap: 'Lücke Mittel, %',
      p95: 'p95, %',
      max: 'max, %',
      cost: 'Kosten Q',
      delay: 'Dauer, s',
      energy: 'Energie, J',
      exact: 'Exakt, %',
      decision: 'Entscheidung, ms',
      share: 'Anteile, %',
      time: 'Training'
    },
    configuration: 'Konfiguration',
    differ: (n) => (n === 0 ? 'nichts unterscheidet sich' : `${n} verschieden`),
    equal: (n) => `${n} in allen gleich`,
    showEqual: 'Gleiches zeigen',
    hideEqual: 'Gleiches ausblenden',
    parameter: 'Parameter',
    absent: 'Dieses Schema hat keinen solchen Parameter.'
  }
}
