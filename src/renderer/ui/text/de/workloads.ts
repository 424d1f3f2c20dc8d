import { integer } from '../../format'
import type { Catalogue } from '../catalogue'
import type { workloadsText as english } from '../en/workloads'
import { anzahl, aufgaben } from './counts'

const workflows = (n: number) => anzahl(n, 'Workflow', 'Workflows')

/** Arbeitslasten: was zu rechnen ist und wie viele Daten fließen. */
export const workloadsText: Catalogue<typeof english> = {
  workloads: {
    title: 'Arbeitslasten',
    subtitle: 'Workflows aus Aufgaben und die Daten dazwischen',
    back: 'Arbeitslasten',
    untitled: 'Neue Arbeitslast',
    name: 'Name der Arbeitslast',
    own: 'Ihre Arbeitslasten',
    ownHint: 'Generatoren, importierte und von Hand geschriebene Workflows, mit jeder Version.',
    none: 'Noch keine. Beschreiben Sie einen Generator, schreiben Sie Workflows von Hand oder importieren Sie gemessene.',
    presets: 'Vorlagen',
    newGenerator: 'Neuer Generator',
    newByHand: 'Von Hand schreiben',
    import: 'Importieren …',
    importHint:
      'Eigene (dmro-workload/1), WfCommons (.json), MRLCO-Graphen (.gv), Pegasus-DAX (.dax, .xml); oder eine Datei irgendwo hier ablegen.',
    noWorkload: (format) => `ist ${format}, das keine Arbeitslast enthält`,
    unknownFormat: 'hat kein Format, das hier bekannt ist',
    notImported: (file) => `${file} wurde nicht importiert:`,
    imported: (name, n) => `${name}: ${workflows(n)} importiert`,
    open: (name) => `${name} öffnen`,
    editCopy: 'Kopie bearbeiten',
    use: 'In einem Experiment verwenden',
    copyOf: (name) => `${name} Kopie`,
    workflowsOf: workflows,
    drawn: (n, tasks) => `Generator, ${workflows(n)} zu ${aufgaben(tasks)}`,
    generator: 'Generator',
    generatorHint: 'Jede Größe wird gleichverteilt aus ihrem Bereich gezogen; der Seed benennt die Arbeitslast.',
    fields: {
      users: ['Nutzer', '', 'Die Workflows eines Nutzers gehören reihum den Geräten.'],
      workflowsPerUser: [
        'Workflows je Nutzer',
        '',
        'Workflows, die jeder Nutzer in der Arbeitslast selbst hat; das Training zieht weitere aus denselben Bereichen.'
      ],
      tasks: ['Aufgaben je Workflow', 'N', 'Aufgaben hintereinander, Gl. (1).'],
      firstMegabytes: ['Erster Datenfluss', 'e₀,₁', 'Daten, die vom Gerät zur ersten Aufgabe gehen.'],
      laterMegabytes: ['Spätere Datenflüsse', 'e', 'Daten zwischen Aufgaben und der Rückweg des Ergebnisses.'],
      megacycles: ['Arbeit einer Aufgabe', 'v', 'In Megazyklen, Mc: Millionen Prozessortakte.'],
      seed: ['Seed', '', 'Derselbe Seed zieht dieselben Workflows, auf jedem Rechner.']
    },
    from: (name) => `${name}, von`,
    to: (name) => `${name}, bis`,
    another: 'Anderer Seed',
    on: 'Rein lokal auf',
    histograms: 'Verteilung',
    histogramsHint: (n) => anzahl(n, 'eigener Workflow', 'eigene Workflows'),
    first: 'Erster Fluss',
    later: 'Spätere Flüsse',
    work: 'Arbeit je Aufgabe',
    delay: 'Dauer, rein lokal',
    energy: 'Energie, rein lokal',
    mean: (value, unit) => `Ø ${value} ${unit}`,
    countOf: (n) => anzahl(n, 'Wert', 'Werte'),
    faulty: 'Nichts kann gezeichnet werden, bis behoben ist, was nicht stimmt.',
    noSizes: 'Keine Werte.',
    noValues: 'Keine Werte: Kein Workflow gehört einem Gerät dieser Topologie.',
    spread: (title, n, low, high, mean, unit) =>
      `${title}: ${anzahl(n, 'Wert', 'Werte')} von ${low} bis ${high} ${unit}, Mittel ${mean} ${unit}`,
    workflows: 'Workflows',
    select: (id) => `Workflow ${id} zeigen`,
    length: (tasks) => anzahl(tasks, 'Aufgabe', 'Aufgaben'),
    addWorkflow: 'Neuer Workflow',
    removeWorkflow: (id) => `Workflow ${id} löschen`,
    id: 'Id',
    device: 'Gerät',
    tasks: 'Aufgaben',
    flows: 'Datenflüsse',
    task: 'Aufgabe',
    megacycles: 'Arbeit, Mc',
    flowFrom: 'Von',
    flowTo: 'Nach',
    megabytes: 'Daten, MB',
    addTask: 'Aufgabe hinzufügen',
    addFlow: 'Datenfluss hinzufügen',
    ends: '@input: was das Gerät hergibt; @output: der Rückweg des Ergebnisses zu ihm',
    ownedBy: (device) => `von ${device}`,
    removeTask: (id) => `Aufgabe ${id} löschen`,
    removeFlow: (from, to) => `Datenfluss von ${from} nach ${to} löschen`,
    ofTask: (what, id) => `${what}, Aufgabe ${id}`,
    ofFlow: (what, n) => `${what}, Datenfluss ${integer(n)}`,
    graphOf: (id, tasks, flows) => `Workflow ${id}: ${aufgaben(tasks)}, ${anzahl(flows, 'Datenfluss', 'Datenflüsse')}`,
    taskOf: (id, megacycles) => `${id}: ${megacycles} Megazyklen`,
    notChain:
      'Dieser Workflow ist keine Kette. Er kann behalten, gezeichnet und exportiert werden; Kosten, Optimum und Training gibt es vorerst nur für Ketten.',
    notChains: (n) =>
      n === 1
        ? `${integer(n)} Workflow ist keine Kette und kann nicht ausgeführt werden`
        : `${integer(n)} Workflows sind keine Ketten und können nicht ausgeführt werden`,
    faults: (n) => (n === 1 ? 'Eines stimmt nicht:' : `${integer(n)} Dinge stimmen nicht:`),
    makeExplicit: 'In Workflows umwandeln',
    drawnHint: 'Vom Generator gezogen; zum Bearbeiten umwandeln.',
    deviceUnknown: (device, topology) => `„${device}“ ist kein Gerät von ${topology}.`,
    steps: {
      name: 'Umbenennen',
      generator: (what) => `${what} ändern`,
      explicit: 'In Workflows umwandeln',
      addWorkflow: 'Workflow hinzufügen',
      removeWorkflow: 'Workflow löschen',
      workflow: 'Workflow ändern',
      addTask: 'Aufgabe hinzufügen',
      removeTask: 'Aufgabe löschen',
      task: 'Aufgabe ändern',
      addFlow: 'Datenfluss hinzufügen',
      removeFlow: 'Datenfluss löschen',
      flow: 'Datenfluss ändern'
    }
  }
}
