import { integer } from '../../format'
import type { Catalogue } from '../catalogue'
import type { desktopText as english } from '../en/desktop'
import { anzahl, aufgaben, laeufe, laeufen } from './counts'

/** Dateien, die herein- und hinausgehen, und was außerhalb der Seite gesagt wird. */
export const desktopText: Catalogue<typeof english> = {
  desktop: {
    open: 'Dateien öffnen …',
    titles: { file: 'Datei', edit: 'Bearbeiten', go: 'Gehe zu', view: 'Ansicht', help: 'Hilfe' },
    progress: (percent, title) => `${percent} % · ${title}`,
    notices: 'Mitteilungen',
    noticesOn: 'An',
    noticesOff: 'Aus',
    noticesHint: 'Wenn ein Lauf oder ein Experiment endet, während mit einem anderen Fenster gearbeitet wird.',
    noticesDenied: 'Dieser Browser lässt die Seite keine Mitteilungen zeigen; erlauben Sie sie in seinen Einstellungen für diese Adresse.',
    noticesNone: 'Dieser Browser kennt keine Mitteilungen.',
    closing: 'Schließen',
    closingPage: 'Diese Seite zu schließen hält nichts an: Trainiert wird im Programm, das den Link ausgegeben hat.',
    closingWindow: 'Wird das Fenster geschlossen, während Läufe trainieren, wird gefragt, ob sie im Hintergrund weitergehen sollen.',
    ended: (name) => `${name}: beendet`,
    endedOf: (completed, all) => (completed === all ? `${laeufe(all)} fertig` : `${integer(completed)} von ${laeufen(all)} fertig`),
    failed: (n) => `${integer(n)} gescheitert`,
    diverged: (n) => `${integer(n)} divergiert`
  },
  opening: {
    title: 'Dateien öffnen',
    drop: 'Dateien hier loslassen, um sie zu öffnen',
    dropHint: 'Topologien, Arbeitslasten, Szenarien, Experimente, WfCommons, DAX, MRLCO-Graphen, Policies, Bündel von Läufen',
    reading: 'Wird gelesen …',
    sending: (percent) => `Wird gelesen … ${percent} %`,
    open: (n) => (n === 1 ? 'Öffnen' : `${integer(n)} Dateien öffnen`),
    cancel: 'Abbrechen',
    close: 'Schließen',
    unknown: 'Das ist in keinem Format, das hier bekannt ist.',
    tooLarge: (size, most) => `Das sind ${size}; eine Datei dieser Art darf höchstens ${most} haben.`,
    empty: 'Diese Datei ist leer.',
    noRoom: (title) => `Das ist ${title}. Kein Raum dieses Fensters nimmt es; die Kommandozeile schon: lab evaluate, lab adapt.`,
    unreadable: (name, why) => `${name} konnte nicht gelesen werden: ${why}`,
    failed: (name, why) => `${name} wurde nicht geöffnet: ${why}`,
    fault: (path, message) => (path === '' || path === '$' ? message : `${path}: ${message}`),
    moreFaults: (n) => `und ${integer(n)} weitere`,
    readOnly: 'Nichts kann behalten werden: Der Datenordner ist schreibgeschützt geöffnet.',
    withFaults: (n) => `Sie hat ${anzahl(n, 'Fehler', 'Fehler')}; der Editor zeigt, wo.`,
    does: {
      topology: (name, nodes, links) =>
        `Die Topologie „${name}“: ${anzahl(nodes, 'Knoten', 'Knoten')}, ${anzahl(links, 'Verbindung', 'Verbindungen')}. Sie wird im Editor geöffnet und kann von dort gespeichert werden.`,
      workload: (name, workflows, title) =>
        `Die Arbeitslast „${name}“ (${title}): ${workflows > 0 ? anzahl(workflows, 'Workflow', 'Workflows') : 'von einem Generator gezogen'}. Sie kommt zu Ihren Arbeitslasten.`,
      experiment: (name) => `Das Experiment „${name}“. Es wird in der Planung geöffnet; noch startet nichts.`,
      scenario: (name) => `Das Szenario „${name}“. Ein Plan damit wird geöffnet; noch startet nichts.`,
      environments: (name) => `Die Menge von Umgebungen „${name}“. Sie kommt in die Bibliothek, wo Experimente sie nennen.`,
      policy: (name, places, tasks) =>
        `Eine Policy für ${anzahl(places, 'Ort', 'Orte')} und Workflows mit bis zu ${aufgaben(tasks)}. Sie wird als „${name}“ behalten.`,
      bundle: (added, here, when, app) =>
        `Ein Bündel von ${when}, gemacht von DMRO Lab ${app}: ${[
          added > 0 ? `${laeufe(added)} zu übernehmen` : '',
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
      'Eine .dmro-Datei mit allem, was zu diesen Läufen gehört: Kurven in voller Auflösung, Policies, Auswertung, Protokoll, Notizen und Schlagwörter.',
    exportJson: 'JSON, jeder Punkt',
    command: 'Die gewählten Läufe als Bündel exportieren',
    failed: 'Das Bündel',
    with: 'Dazu aus der Bibliothek',
    comparisons: 'Vergleiche dieser Läufe',
    policies: 'benannte Policies',
    topologies: 'Topologien',
    workloads: 'Arbeitslasten',
    experiments: 'Experimente',
    exported: (n, size) => `${laeufe(n)} gebündelt (${size})`,
    imported: (added, here) =>
      here === 0
        ? `${laeufe(added)} übernommen`
        : added === 0
          ? `Nichts übernommen: ${laeufe(here)} schon hier`
          : `${laeufe(added)} übernommen, ${integer(here)} schon hier`,
    importedLibrary: (n) => `${anzahl(n, 'Stück', 'Stücke')} der Bibliothek übernommen`,
    hereLibrary: (n) => `${integer(n)} der Bibliothek schon hier`
  }
}
