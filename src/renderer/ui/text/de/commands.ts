import type { Catalogue } from '../catalogue'
import type { commandsText as english } from '../en/commands'

/** Was getan werden kann. */
export const commandsText: Catalogue<typeof english> = {
  commands: {
    everywhere: 'Überall',
    go: 'Räume',
    goTo: (room) => `Gehe zu ${room}`,
    palette: 'Suchen oder einen Befehl ausführen',
    shortcuts: 'Alle Tastenkürzel zeigen',
    settings: 'Einstellungen',
    tour: 'Rundgang der ersten Schritte zeigen',
    newExperiment: 'Neues Experiment',
    undo: 'Letztes Löschen rückgängig machen',
    turnTheme: 'Farben wechseln: wie das System, hell, dunkel',
    runs: {
      next: 'Nächste Zeile',
      previous: 'Vorige Zeile',
      far: 'Zwanzig Zeilen weiter',
      back: 'Zwanzig Zeilen zurück',
      first: 'Erste Zeile',
      last: 'Letzte Zeile',
      open: 'Lauf oder Gruppe öffnen',
      into: 'Gruppe öffnen',
      out: 'Gruppe schließen, zum Übergeordneten gehen',
      select: 'Zeile auswählen',
      compare: 'Gewählte Läufe vergleichen',
      pause: 'Gewählte Läufe anhalten oder fortsetzen',
      remove: 'Gewählte Läufe löschen',
      filter: 'Läufe filtern',
      clear: 'Auswahl aufheben',
      selectAll: 'Alle sichtbaren Läufe auswählen',
      openAll: 'Alle Gruppen öffnen oder schließen'
    },
    run: {
      room: 'Dieser Lauf',
      back: 'Zurück zu den Läufen',
      compare: 'Diesen Lauf mit seinen anderen Seeds vergleichen',
      pause: 'Diesen Lauf anhalten oder fortsetzen',
      cancel: 'Diesen Lauf abbrechen',
      remove: 'Diesen Lauf löschen'
    },
    experiments: { start: 'Das gewählte Experiment starten', open: 'Experiment aus einer Datei öffnen' },
    planner: { start: 'Die fehlenden Läufe dieses Plans einreihen' },
    document: { room: 'Dieses Dokument', undo: 'Letzte Änderung rückgängig machen', redo: 'Änderung wiederholen' },
    compare: { choose: 'Andere Läufe zum Vergleich wählen' }
  }
}
