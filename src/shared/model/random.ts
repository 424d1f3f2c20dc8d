/**
 * The one source of randomness: a small generator whose state is four numbers, so that a run can be
 * stopped, stored and resumed to the same bits. Generator: sfc32 (C. Doty-Humphrey, PractRand).
 */
export type RandomState = readonly [number, number, number, number]

/** The named streams of a run, and of what is computed about runs. Drawing from one never moves another. */
export type StreamName = 'init' | 'environment' | 'action' | 'replay' | 'workload' | 'evaluation' | 'statistics' | 'observation' | 'preview'

export class RandomStream {
  #a: number
  #b: number
  #c: number
  #d: number

  constructor(state: RandomState) {
    ;[this.#a, this.#b, this.#c, this.#d] = state
  }

  get state(): RandomState {
    return [this.#a, this.#b, this.#c, this.#d]
  }

  /** An integer in [0, 2³²). */
  uint32(): number {
    const sum = (this.#a + this.#b + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum
    this.#c |= 0
    return sum >>> 0
  }

  /** A number in [0, 1) with 53 random bits. */
  uniform(): number {
    const high = this.uint32() >>> 5
    const low = this.uint32() >>> 6
    return (high * 67108864 + low) / 9007199254740992
  }

  /** A number in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform()
  }

  /** An integer in [0, count). */
  below(count: number): number {
    return Math.floor(this.uniform() * count)
  }

  /** Puts a list into a random order, in place (R. Fisher and F. Yates). */
  shuffle(list: unknown[] | Uint32Array): void {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      ;[list[i], list[j]] = [list[j], list[i]]
    }
  }

  /** A standard normal number (Box–Muller; the second of the pair is dropped so that the state stays four numbers). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    return radius * Math.cos(2 * Math.PI * this.uniform())
  }
}

/** FNV-1a with a final avalanche: turns a seed and a name into one of the four words of a state. */
function hash(text: string, basis: number): number {
  let word = basis | 0
  for (let i = 0; i < text.length; i++) word = Math.imul(word ^ text.charCodeAt(i), 16777619)
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35)
  return word ^ (word >>> 16)
}

/** The stream called `name` of seed `seed`: the same on every machine. */
export function randomStream(seed: number, name: StreamName): RandomStream {
  const text = `${seed}/${name}`
  const state = [0x811c9dc5, 0x9e3779b9, 0x7f4a7c15, 0x2545f491].map((basis) => hash(text, basis))
  const stream = new RandomStream([state[0], state[1], state[2], 1])
  // sfc32 needs a few rounds before its words have mixed.
  for (let i = 0; i < 16; i++) stream.uint32()
  return stream
}
