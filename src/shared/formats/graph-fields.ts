import type { Fault } from '../experiment/experiment'
import type { Tier } from '../model/topology'
import { MOST_FAULTS } from './read'

/** What attributes of foreign graphs are called, and in which units they are read. */

/** Attributes of one node or link, each remembered once it was read. */
export interface Attributes {
  text(...names: string[]): string | undefined
  /** A number of 0 and more; what is none is a fault. */
  number(name: string): number | undefined
  boolean(name: string): boolean | undefined
  /** The first attribute there of a list of names, with the unit it is read in; `guessed` says so in the note. */
  quantity(units: readonly Unit[]): number | undefined
}

/** A name an attribute may have, what turns it into our unit, and, where the name does not state it, the unit that is guessed. */
export interface Unit {
  name: RegExp
  times: number
  guessed?: string
}

/** Reads attributes, and keeps count of what was guessed, assumed and never read. */
export class Reader {
  readonly #used = new Set<string>()
  readonly #met = new Set<string>()
  readonly #counts = new Map<string, { n: number; says: (n: number) => string }>()

  constructor(readonly faults: Fault[]) {}

  fault(path: string, message: string): void {
    if (this.faults.length <= MOST_FAULTS) this.faults.push({ path, message })
  }

  /** One more of a kind of assumption, said once in the end with how many there were. */
  count(kind: string, says: (n: number) => string): void {
    const before = this.#counts.get(kind)
    if (before) before.n++
    else this.#counts.set(kind, { n: 1, says })
  }

  sentences(): string[] {
    return [...this.#counts.values()].map(({ n, says }) => says(n))
  }

  /** Names of attributes that were there and had nowhere to go. */
  unused(): string[] {
    return [...this.#met].filter((name) => !this.#used.has(name))
  }

  of(attributes: ReadonlyMap<string, string>, place: string): Attributes {
    const filled = [...attributes].filter(([, written]) => written.trim() !== '')
    for (const [name] of filled) this.#met.add(name)
    const take = (name: string, written: string, times = 1): number | undefined => {
      this.#used.add(name)
      const value = Number(written)
      if (Number.isFinite(value) && value >= 0) return value * times
      this.fault(place, `${name.slice(0, 60)} must be a number of 0 or more, not ${JSON.stringify(written.slice(0, 60))}`)
      return undefined
    }
    const exact = (name: string) => filled.find(([key]) => key === name)
    return {
      text: (...names) => {
        for (const name of names) {
          const found = filled.find(([key]) => key.toLowerCase() === name)
          if (!found) continue
          this.#used.add(found[0])
          return found[1].trim()
        }
        return undefined
      },
      number: (name) => {
        const found = exact(name)
        return found && take(found[0], found[1])
      },
      boolean: (name) => {
        const found = exact(name)
        if (!found) return undefined
        this.#used.add(name)
        if (/^(true|1)$/i.test(found[1].trim())) return true
        if (/^(false|0)$/i.test(found[1].trim())) return false
        this.fault(place, `${name} must be true or false, not ${JSON.stringify(found[1].slice(0, 60))}`)
        return undefined
      },
      quantity: (units) => {
        for (const { name, times, guessed } of units) {
          const found = filled.find(([key]) => name.test(key))
          if (!found) continue
          if (guessed !== undefined)
            this.count(`guessed ${found[0]}`, () => `The unit of "${found[0].slice(0, 40)}" is not stated: ${guessed} is guessed.`)
          return take(found[0], found[1], times)
        }
        return undefined
      }
    }
  }
}

const SPEEDS: readonly Unit[] = [
  { name: /^computeMHz$/, times: 1 },
  { name: /^(?:compute|cpu|clock|speed|max_?cpu_?freq)?[_ ]?\(?mhz\)?$/i, times: 1 },
  { name: /^(?:compute|cpu|clock|speed)?[_ ]?\(?ghz\)?$/i, times: 1000 },
  { name: /^(?:mips|ipt)$/i, times: 1, guessed: 'a megacycle per million instructions' },
  { name: /^(?:maxcpufreq|max_cpu_freq|cpu_?speed|compute|cpu_?freq(?:uency)?)$/i, times: 1, guessed: 'MHz' }
]
const BANDWIDTHS: readonly Unit[] = [
  { name: /^bandwidthMBps$/, times: 1 },
  { name: /(?:MB\/s|MBps|megabytes?_?per_?s(?:econd)?)\)?$/, times: 1 },
  { name: /(?:gbit\/?s|gbps|gb\/s)\)?$/i, times: 125 },
  { name: /(?:mbit\/?s|mbps|mb\/s)\)?$/i, times: 1 / 8 },
  { name: /(?:kbit\/?s|kbps)\)?$/i, times: 1 / 8000 },
  // Topology Zoo's: bits per second.
  { name: /^LinkSpeedRaw$/i, times: 1 / 8e6 },
  { name: /^(?:bps|bit_?per_?second)$/i, times: 1 / 8e6 },
  { name: /^(?:bandwidth|bw|capacity|data_?rate|rate)$/i, times: 1 / 8, guessed: 'Mbit/s' }
]
const LATENCIES: readonly Unit[] = [
  { name: /^(?:latency|delay|rtt)?[_ ]?\(?ms\)?$|^latencyMs$|^delayMs$/i, times: 1 },
  { name: /^(?:latency|delay)[_ ]?\(?(?:us|µs)\)?$/i, times: 1e-3 },
  { name: /^(?:latency|delay)[_ ]?\(?s(?:econds)?\)?$/i, times: 1e3 },
  { name: /^(?:latency|delay|pr|propagation)$/i, times: 1, guessed: 'ms' }
]

export const speedOf = (own: Attributes) => own.quantity(SPEEDS)
export const bandwidthOf = (own: Attributes) => own.quantity(BANDWIDTHS)
export const latencyOf = (own: Attributes) => own.quantity(LATENCIES)

const TIERS: readonly [RegExp, Tier][] = [
  [/^(?:device|user|ue|sensor|actuator|iot|mobile|end ?device|client|smartphone|vehicle)$/i, 'device'],
  [/^(?:edge|fog|edge ?server|mec|router|switch|gateway|base ?station|cloudlet)$/i, 'edge'],
  [/^(?:cloud|data ?cent(?:er|re)|dc|core)$/i, 'cloud']
]

/** The tier a node says it is of, in any of the words for it. */
export function statedTier(own: Attributes): Tier | undefined {
  const written = own.text('tier', 'role', 'kind', 'nodetype', 'node_type', 'type', 'model')
  return written === undefined ? undefined : TIERS.find(([words]) => words.test(written.replaceAll(/[_-]/g, ' ')))?.[1]
}

/** Pixels of the canvas a degree, so that a country fills it. */
const PIXELS_PER_DEGREE = 80

/** Where a node is: on the canvas, or on Earth as [longitude, latitude] in degrees. */
export function coordinatesOf(own: Attributes): { x: number; y: number; at: [number, number]; isGeographic: boolean } | undefined {
  const numbers = (...names: [string[], string[]]) => {
    const [x, y] = names.map((each) => own.text(...each)).map((written) => (written === undefined ? Number.NaN : Number(written)))
    return Number.isFinite(x) && Number.isFinite(y) && Math.abs(x) < 1e6 && Math.abs(y) < 1e6 ? ([x, y] as [number, number]) : undefined
  }
  const earth = numbers(['longitude', 'lon', 'lng'], ['latitude', 'lat'])
  if (earth && Math.abs(earth[0]) <= 180 && Math.abs(earth[1]) <= 90) {
    const [x, y] = [Math.round(earth[0] * PIXELS_PER_DEGREE), Math.round(-earth[1] * PIXELS_PER_DEGREE)]
    return { x, y, at: earth, isGeographic: true }
  }
  const canvas = numbers(['x'], ['y'])
  return canvas && { x: canvas[0], y: canvas[1], at: canvas, isGeographic: false }
}

/** Kilometres between two places on Earth, [longitude, latitude] in degrees, by the haversine formula on a sphere of 6371 km. */
export function greatCircleKm(a: readonly [number, number], b: readonly [number, number]): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const half = (angle: number) => Math.sin(angle / 2) ** 2
  const [latA, latB] = [radians(a[1]), radians(b[1])]
  const h = half(latB - latA) + Math.cos(latA) * Math.cos(latB) * half(radians(b[0] - a[0]))
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h)))
}
