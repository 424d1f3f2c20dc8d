import type { Catalogue } from '../catalogue'
import type { frameText as english } from '../en/frame'
import { anzahl } from './counts'

/** Der Rahmen um jeden Raum. */
export const frameText: Catalogue<typeof english> = {
  app: {
    name: 'DMRO Lab',
    nav: 'Räume',
    side: 'Seitenleiste',
    runs: 'Läufe',
    topologies: 'Topologien',
    workloads: 'Arbeitslasten',
    compare: 'Vergleich',
    experiments: 'Experimente',
    shortcuts: 'Tastenkürzel',
    skip: 'Zum Inhalt springen',
    title: (page) => `${page} · DMRO Lab`,
    running: 'In Arbeit',
    runningOf: (running, queued) => (queued > 0 ? `${running} · ${queued} warten` : String(running)),
    more: (n) => `und ${n} weitere`,
    idle: 'Nichts ist in Arbeit.'
  },
  theme: { label: 'Farben', dark: 'Dunkel', light: 'Hell', system: 'Wie das System', now: (name) => `Farben: ${name}` },
  statusBar: {
    label: 'Status',
    activity: (running, queued) => `${running} in Arbeit · ${queued} warten`,
    speed: (n) => `${n} Lernschritte/s`,
    workers: (parallel, cores) => `${parallel} zugleich auf ${anzahl(cores, 'Kern', 'Kernen')}`,
    backend: (name, library) => {
      if (library === 'none') return 'nichts da, womit trainiert werden kann'
      return name === 'native' ? `libtensorflow ${library}, nativ` : `tfjs WebAssembly ${library}`
    },
    weight: 'δ = Gewicht der Energie',
    database: (size) => `Datenbank ${size}`,
    home: (folder) => `Datenordner: ${folder}`
  },
  connection: {
    connecting: 'Verbindung zum Programm wird aufgebaut …',
    lost: 'Die Verbindung zum Programm ist unterbrochen. Was es gespeichert hat, ist sicher. Diese Seite verbindet sich von selbst wieder; wurde das Programm neu gestartet, öffnen Sie den Link, den es ausgibt.',
    never:
      'Das Programm antwortet nicht. Läuft es, öffnen Sie die Adresse, die es ausgegeben hat: Der Link enthält den Schlüssel zu dieser Seite.',
    retry: 'Jetzt versuchen',
    tooLong: 'Das Programm hat nicht geantwortet; über das Gefragte ist nichts bekannt.'
  },
  notices: {
    slow: 'Das Training ist langsamer als nötig',
    none: 'Kein Training',
    readOnly: 'Nichts kann geschrieben werden',
    dismiss: 'Diesen Hinweis ausblenden'
  },
  dialog: { close: 'Schließen' },
  toast: { close: 'Diese Meldung schließen', region: 'Meldungen' },
  shortcuts: { title: 'Tastenkürzel', or: 'oder', hint: 'Buchstaben gelten überall, wo gerade nichts geschrieben wird.' },
  settings: {
    title: 'Einstellungen',
    theme: 'Farben',
    textSize: 'Schriftgröße',
    textSizeValue: (percent) => `${percent} %`,
    smaller: 'Kleinere Schrift',
    larger: 'Größere Schrift',
    usualSize: 'Schrift auf 100 %',
    sample: 'Optimalitätslücke 0.048 ± 0.022 %, δ 0.2, 88.6 s, 265 J',
    language: 'Sprache',
    languageHint: 'Die Seite wird neu geladen; was trainiert, läuft weiter.',
    languageShared: 'Parameter und Hilfetexte der Schemata, Vorlagen, Studien und Meldungen des Programms sind auf Englisch.',
    tour: 'Erste Schritte',
    tourHint: 'Drei Schritte durch das Labor.',
    tourShow: 'Rundgang zeigen',
    kept: 'Wird auf diesem Rechner für dieses Fenster behalten.'
  },
  tour: {
    title: 'Erste Schritte',
    step: (n, all) => `Schritt ${n} von ${all}`,
    next: 'Weiter',
    back: 'Zurück',
    done: 'Fertig',
    skip: 'Rundgang überspringen',
    steps: [
      {
        title: 'Eine Welt zeichnen',
        sentence:
          'Geräte, Edges und Clouds und die Verbindungen dazwischen: hier die eigene zeichnen, dann „Use in an experiment“ drücken. Oder eine nehmen, die mitkommt.'
      },
      {
        title: 'Wählen, was trainiert wird, und beim Lernen zusehen',
        sentence:
          'Ein Experiment kreuzt Szenarien, Schemata und Seeds. „Quick“ trainiert einige Schemata in etwa einer Minute; N führt von überall hierher. Jeder Lauf wird unter Läufe behalten, mit seiner Lücke zum exakten Optimum.'
      },
      {
        title: 'Herausfinden, warum einer besser ist',
        sentence:
          'X wählt Läufe aus; C legt sie nebeneinander: Kurven, Intervalle, Konfiguration. Strg K findet alles beim Namen, ? zeigt jede Taste.'
      }
    ]
  },
  palette: {
    title: 'Suchen oder einen Befehl ausführen',
    placeholder: 'Läufe, Experimente, Vorlagen und Befehle suchen',
    open: 'Suchen oder einen Befehl ausführen',
    found: 'Gefunden',
    nothing: (search) => `Nichts heißt „${search}“.`,
    commands: 'Befehle',
    experiments: 'Experimente',
    presets: 'Vorlagen',
    runs: 'Läufe',
    ofExperiment: (id, n) => `Nr. ${id} · ${anzahl(n, 'Lauf', 'Läufe')}`,
    ofPreset: (id, n) => `${id} · ${anzahl(n, 'Lauf', 'Läufe')}`
  }
}
