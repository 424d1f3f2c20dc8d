import type { Catalogue } from '../catalogue'
import type { desktopText as english } from '../en/desktop'
import { anzahl, laeufe } from './counts'

/** Dateien, die kommen und gehen, und was außerhalb der Seite gesagt wird. */
export const desktopText: Catalogue<typeof english> = {
  desktop: {
    open: 'Dateien öffnen …',
    undo: 'Rückgängig',
    titles: { file: 'Datei', edit: 'Bearbeiten', go: 'Gehe zu', view: 'Ansicht', help: 'Hilfe' },
    unsaved: 'Einige Änderungen sind noch nicht behalten.',
    progress: (percent, title) => `${percent} % · ${title}`,
    notices: 'Mitteilungen',
    noticesOn: 'An',
    noticesOff: 'Aus',
    noticesHint: 'Wenn ein Lauf oder ein Experiment endet, während dieses Fenster nicht das benutzte ist.',
    noticesDenied: 'Dieser Browser lässt die Seite keine Mitteilungen zeigen; erlauben Sie sie in seinen Einstellungen für diese Adresse.',
    noticesNone: 'Dieser Browser kennt keine Mitteilungen.',
    closing: 'Schließen',
    closingPage: 'Diese Seite zu schließen hält nichts an: Das Training geht in dem Programm weiter, das den Link ausgab.',
    closingWindow: 'Wird das Fenster geschlossen, während Läufe trainieren, wird gefragt, ob sie im Hintergrund weitergehen sollen.',
    ended: (name) => `${name}: beendet`,
    endedOf: (completed, all) =>
      completed === all ? `${laeufe(all)} abgeschlossen` : `${completed} von ${anzahl(all, 'Lauf', 'Läufen')} abgeschlossen`,
    failed: (n) => `${n} fehlgeschlagen`,
    diverged: (n) => `${n} divergiert`,
    goTo: 'Zeigen'
  },
  opening: {
    title: 'Dateien öffnen',
    drop: 'Dateien zum Öffnen hier ablegen',
    dropHint: 'Topologien, Arbeitslasten, Szenarien, Experimente, WfCommons, DAX, MRLCO-Graphen, Policies, Bündel von Läufen',
    reading: 'Wird gelesen …',
    sending: (percent) => `Wird gelesen … ${percent} %`,
    open: (n) => (n === 1 ? 'Öffnen' : `${n} Dateien öffnen`),
    cancel: 'Abbrechen',
    close: 'Schließen',
    unknown: 'Das hat kein Format, das hier bekannt ist.',
    tooLarge: (size, most) => `Das sind ${size}; eine Datei dieser Art darf höchstens ${most} haben.`,
    empty: 'Diese Datei ist leer.',
    noRoom: (title) => `Das ist ${title}. Kein Raum dieses Fensters nimmt es; die Befehlszeile schon: lab evaluate, lab adapt.`,
    unreadable: (name, why) => `${name} konnte nicht gelesen werden: ${why}`,
    failed: (name, why) => `${name} wurde nicht geöffnet: ${why}`,
    fault: (path, message) => (path === '' || path === '$' ? message : `${path}: ${message}`),
    moreFaults: (n) => `und ${n} weitere`,
    readOnly: 'Nichts kann behalten werden: Der Datenordner ist nur zum Lesen geöffnet.',
    withFaults: (n) => `Darin ${n === 1 ? 'ist' : 'sind'} ${anzahl(n, 'Fehler', 'Fehler')}; der Editor zeigt, wo.`,
    does: {
      topology: (name, nodes, links) =>
        `Die Topologie „${name}“: ${anzahl(nodes, 'Knoten', 'Knoten')}, ${anzahl(links, 'Verbindung', 'Verbindungen')}. Sie wird im Editor geöffnet und von dort gespeichert.`,
      workload: (name, workflows, title) =>
        `Die Arbeitslast „${name}“ (${title}): ${workflows > 0 ? anzahl(workflows, 'Workflow', 'Workflows') : 'von einem Generator gezogen'}. Sie kommt zu Ihren Arbeitslasten.`,
      experiment: (name) => `Das Experiment „${name}“. Es wird im Planer geöffnet; noch startet nichts.`,
      scenario: (name) => `Das Szenario „${name}“. Ein Plan damit wird geöffnet; noch startet nichts.`,
      environments: (name) => `Die Umgebungsmenge „${name}“. Sie kommt in die Bibliothek, wo Experimente sie nennen.`,
      policy: (name, places, tasks) =>
        `Eine Policy für ${anzahl(places, 'Ort', 'Orte')} und Workflows von bis zu ${anzahl(tasks, 'Aufgabe', 'Aufgaben')}. Sie wird als „${name}“ behalten.`,
      bundle: (added, here, when, app) =>
        `Ein Bündel vom ${when}, gemacht von DMRO Lab ${app}: ${[
          added > 0 ? `${laeufe(added)} zu importieren` : '',
          here > 0 ? `${laeufe(here)} schon hier` : '',
          added + here === 0 ? 'keine Läufe' : ''
        ]
          .filter((part) => part !== '')
          .join(', ')}.`,
      also: (parts) => `Aus der Bibliothek: ${parts}.`
    },
    parts: {
      documents: (n) => anzahl(n, 'Dokument', 'Dokumente'),
      comparisons: (n) => anzahl(n, 'Vergleich', 'Vergleiche'),
      policies: (n) => anzahl(n, 'Policy', 'Policies')
    },
    kept: (name) => `${name}: behalten`
  },
  bundles: {
    export: 'Bündel für ein anderes Labor',
    exportHelp:
      'Eine .dmro-Datei mit allem von diesen Läufen: Kurven in voller Auflösung, Policies, Auswertung, Protokoll, Notizen und Schlagwörter.',
    exportJson: 'JSON, jeder Punkt',
    command: 'Die ausgewählten Läufe als Bündel exportieren',
    failed: 'Das Bündel',
    with: 'Dazu, aus der Bibliothek',
    comparisons: 'Vergleiche dieser Läufe',
    policies: 'benannte Policies',
    topologies: 'Topologien',
    workloads: 'Arbeitslasten',
    experiments: 'Experimente',
    exported: (n, size) => `${laeufe(n)} gebündelt (${size})`,
    imported: (added, here) =>
      here === 0
        ? `${laeufe(added)} importiert`
        : added === 0
          ? `Nichts importiert: ${laeufe(here)} schon hier`
          : `${laeufe(added)} importiert, ${here} schon hier`,
    importedLibrary: (n) => `${anzahl(n, 'Stück', 'Stücke')} der Bibliothek importiert`,
    hereLibrary: (n) => `${n} der Bibliothek schon hier`
  }
}
