import type { Catalogue } from '../catalogue'
import type { placementsText as english } from '../en/placements'
import { aufgaben } from './counts'

/** Wie Workflows platziert wurden: Zeitplan, Karte und was jedes Netz dabei meinte. */
export const placementsText: Catalogue<typeof english> = {
  placements: {
    thisPolicy: 'Diese Policy',
    optimum: 'Optimum',
    gap: (value) => `Lücke ${value}`,
    computes: (task, place, work, when) => `${task} rechnet auf ${place}: ${work}, ${when}`,
    sends: (size, from, to, when) => `${size} von ${from} nach ${to}, ${when}`,
    sentence: (id, policy, best, gap, differing) =>
      `Workflow ${id}: ${policy} s mit dieser Policy, ${best} s im Optimum, Lücke ${gap}, ${aufgaben(differing)} anderswo`,
    timelineOf: (id) => `Zeitplan der Platzierung, Workflow ${id}`,
    worst: (n) => `schlechtester von ${n}`,
    differs: (n) => (n === 0 ? 'wie das Optimum' : `${aufgaben(n)} abweichend (umrandet)`),
    timelineHelp: 'Balken: Rechnen, Zahl: Aufgabe, gestrichelt: Übertragung, umrandet: anderswo als im Optimum',
    all: 'Alle Workflows',
    loading: 'Die Workflows werden platziert …',
    listTitle: (n) => `${n} zurückgehaltene Workflows, größte Lücke zuerst`,
    workflowHead: 'Workflow',
    gapHead: 'Lücke',
    costHead: 'Kosten Q',
    placementHead: 'Platzierung, Aufgabe für Aufgabe',
    taskHead: 'Aufgabe',
    unitHead: 'Netz',
    map: 'Auf der Karte',
    which: 'Wessen Platzierung',
    play: 'Abspielen',
    stop: 'Anhalten',
    scrub: 'Zeitpunkt, in Sekunden',
    doing: (task, place) => `${task} rechnet auf ${place}`,
    moving: (size, from, to) => `${size} unterwegs von ${from} nach ${to}`,
    ran: aufgaben,
    unitsTitle: 'Netze und ihre Q-Werte',
    unitsHelp: 'jedes platziert den Workflow für sich; die Platzierung mit den kleinsten Kosten Q gewinnt',
    won: 'gewann',
    valuesOf: (unit) => `Q-Werte des Netzes ${unit}`,
    valuesHelp: 'entlang der eigenen Platzierung; der größte wird genommen (hinterlegt), eine Marke zeigt den Ort des Optimums',
    optimumHere: 'der Ort des Optimums',
    byRule: 'Dieses Schema platziert nach einer Regel: Es hat keine Netze.'
  }
}
