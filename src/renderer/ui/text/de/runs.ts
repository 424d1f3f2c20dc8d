import { integer } from '../../format'
import type { runsText as english } from '../en/runs'
import type { PartialText } from '../partial'
import { anzahl, laeufe } from './counts'

/** Die Tabelle der Läufe und was mit ihnen getan werden kann. */
export const runsText: PartialText<typeof english> = {
  runs: {
    title: 'Läufe',
    loading: 'Die Läufe werden gelesen …',
    shown: (n, all) => (n === all ? laeufe(all) : `${integer(n)} von ${integer(all)} Läufen`),
    views: 'Ansichten',
    all: 'Alle',
    running: 'In Arbeit',
    attention: 'Braucht Aufmerksamkeit',
    filter: 'Nach Schema, Szenario, Id filtern',
    status: 'Zustand',
    anyStatus: 'jeder Zustand',
    algorithm: 'Schema',
    anyAlgorithm: 'jedes Schema',
    experiment: (name) => `Experiment ${name}`,
    clear: (what) => `Filter „${what}“ entfernen`,
    clearAll: 'Alle Filter entfernen',
    newExperiment: 'Neues Experiment',
    expandAll: 'Alle öffnen',
    collapseAll: 'Alle schließen',
    table: 'Läufe nach Szenario und Schema',
    keys: 'Pfeile oder J und K bewegen, Enter öffnet, X wählt, C vergleicht.',
    nothing: 'Kein Lauf passt zu diesen Filtern.',
    emptyTitle: 'Noch keine Läufe',
    emptyText:
      'Ein Lauf trainiert ein Schema auf einem Szenario mit einem Seed und behält alles: seine Kurven, seine Policy und wie weit er über dem exakten Optimum bleibt. Das schnelle Experiment zeigt einige beim Lernen.',
    emptyStart: (n) => `Das schnelle Experiment starten: ${laeufe(n)}`,
    emptyOther: 'Ein anderes Experiment wählen',
    select: (what) => `${what} auswählen`,
    selectAll: 'Alle sichtbaren Läufe auswählen',
    open: (what) => `${what} öffnen oder schließen`,
    optimum: 'Optimum',
    perWorkflow: 'je Wf.',
    liveCount: (n) => `${n} in Arbeit`,
    queuedCount: (n) => `${n} warten`,
    pausedCount: (n) => `${n} angehalten`,
    columns: {
      name: 'Schema, Seed',
      status: 'Zustand',
      steps: 'Schritte',
      forest: 'Lücke auf log-Skala',
      gap: 'Lücke Q/Q* − 1',
      p95: 'p95',
      cost: 'Kosten Q',
      delay: 'Dauer',
      energy: 'Energie',
      share: 'Anteile',
      time: 'Zeit',
      started: 'Beginn'
    },
    help: {
      gap: 'Mittel von Q/Q* − 1 über die zurückgehaltenen Workflows; Q* ist das exakte Optimum. Bei Gruppen: Mittel fertiger Seeds ± halbes 95-%-Intervall.',
      p95: '95 % der zurückgehaltenen Workflows haben höchstens diese Lücke.',
      cost: 'Mittlere gewichtete Kosten eines Workflows: Dauer + δ × Energie, beide als Anteil des Mittels bei rein lokaler Ausführung (sofern das Szenario nichts anderes sagt).',
      delay: 'Mittlere Dauer eines Workflows.',
      energy: 'Mittlere gewichtete Energie eines Workflows.',
      share: 'Anteil der Aufgaben auf dem Gerät, auf Edges und auf Clouds.',
      time: 'Dauer des Trainings ohne Pausen; bei Gruppen das Mittel.',
      forest: 'Punkt: Mittel. Strich: 95-%-Intervall. Blasse Punkte: Seeds.'
    },
    forest: (name, gap) => `${name}: Lücke ${gap} %`
  },
  actions: {
    selected: laeufe,
    inGroups: (n) => `in ${anzahl(n, 'Gruppe', 'Gruppen')}`,
    bar: 'Gewählte Läufe',
    compare: 'Vergleichen',
    compareMany: (n) => `${laeufe(n)} vergleichen`,
    pause: 'Anhalten',
    resume: 'Fortsetzen',
    cancel: 'Abbrechen',
    remove: 'Löschen',
    clear: 'Auswahl aufheben',
    removed: (n) => `${laeufe(n)} gelöscht`,
    restored: (n) => `${laeufe(n)} wiederhergestellt`,
    undo: 'Rückgängig',
    changed: {
      pause: (n) => `${laeufe(n)} ${n === 1 ? 'wird' : 'werden'} angehalten`,
      resume: (n) => `${laeufe(n)} zum Fortsetzen eingereiht`,
      cancel: (n) => `${laeufe(n)} abgebrochen`
    },
    removeActive: 'Läufe, die trainieren oder warten, werden abgebrochen, bevor sie gelöscht werden können.',
    failed: (what, why) => `${what} ging nicht: ${why}`,
    readOnly: 'Nichts kann geändert werden: Der Datenordner ist nur zum Lesen offen.'
  }
}
