import { integer } from '../../format'
import type { Catalogue } from '../catalogue'
import type { chartsText as english } from '../en/charts'

/** Diagramme, in welchem Raum auch immer. */
export const chartsText: Catalogue<typeof english> = {
  charts: {
    gap: {
      title: 'Optimalitätslücke',
      caption: 'auf zurückgehaltenen Workflows, % über dem Optimum',
      corner: 'das Optimum ist 0 %, unter einer log-Achse'
    },
    cost: { title: 'Kosten Q', caption: 'zurückgehalten, je Workflow' },
    loss: { title: 'Verlust', caption: 'quadrierter TD-Fehler' },
    reward: { title: 'Belohnung', caption: 'Mittel je Aufgabe' },
    epsilon: { title: 'Erkundung ε', caption: 'Anteil zufälliger Vorschläge' },
    learningRate: { title: 'Lernrate', caption: 'Schrittweite des Optimierers' },
    linear: 'lin',
    log: 'log',
    scaleOf: (chart) => `Skala von ${chart}`,
    export: 'Exportieren',
    csv: 'CSV, jeder Punkt',
    png: 'PNG-Bild',
    svg: 'SVG-Zeichnung',
    smoothing: 'Glättung',
    smoothingAuto: 'wo Schritte streuen',
    smoothingOf: (n) => (n === 0 ? 'keine' : `${n} Punkte`),
    smoothingHelp: 'Mittel über so viele Nachbarn; Hinweise am Zeiger nennen, was aufgezeichnet wurde.',
    zoomHelp: 'Über eine Kurve ziehen vergrößert.',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    earlier: 'Frühere Schritte',
    later: 'Spätere Schritte',
    inSight: (from, to) => `Schritte ${from} – ${to}`,
    wholeRun: 'Ganzer Lauf',
    asTable: 'Als Tabelle zeigen',
    step: 'Lernschritt',
    atStep: (step) => `Lernschritt ${step}`,
    lastStep: (step) => `${step} Schritte`,
    lastSecond: (seconds) => `${seconds} s`,
    atSecond: (seconds) => `Sekunde ${seconds}`,
    optimum: (value) => `Optimum Q* ${value}`,
    optimumReward: (value) => `Optimum ${value}`,
    steps: (name) => `${name}, jeder Schritt`,
    smoothed: (caption) => `${caption}, geglättet`,
    goes: (name, from, to) => `${name} geht von ${from} bis ${to}`,
    tableThinned: (shown, all) => `${integer(shown)} von ${integer(all)} Schritten, gleichmäßig gewählt`
  }
}
