import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { type RandomStream, randomStream } from '@shared/model/random'
import type { Scenario } from '@shared/model/scenario'
import type { AnyProblem } from '../learn/problems'
import { version } from '../version'
import { excerpt, ProgramFault } from './fault'
import { readReset } from './reset'
import { Serving } from './serving'
import { worldTold } from './world'

export const ENVIRONMENT_PROTOCOL = 'dmro-env/1'

/** Answers one request of a training loop outside the lab after another; requests that make no sense are answered by a fault. */
export class ServedWorld {
  readonly #problem: AnyProblem
  readonly #scenario: Scenario
  #serving: Serving

  /** `seed`: of the training stream, until a reset brings another. */
  constructor(problem: AnyProblem, scenario: Scenario, seed: number) {
    this.#problem = problem
    this.#scenario = scenario
    this.#serving = new Serving(problem, streamOf(seed))
  }

  get hello(): object {
    const { heldOut } = this.#problem
    return {
      type: 'hello',
      protocol: ENVIRONMENT_PROTOCOL,
      lab: version,
      world: worldTold(this.#problem, this.#scenario),
      heldOut: heldOut.length
    }
  }

  /** `line`: a request as JSON. */
  answer(line: string): object {
    try {
      return this.#answer(requestIn(line))
    } catch (error) {
      if (error instanceof ProgramFault || error instanceof RangeError) return { type: 'fault', message: error.message }
      throw error
    }
  }

  #answer(request: Record<string, unknown>): object {
    const { type, seed } = request
    if (type === 'step') return this.#serving.step(request.actions)
    if (type !== 'reset') throw new ProgramFault(`A message of type ${excerpt(type)} was sent; reset, step or end is expected.`)
    if (seed !== undefined && seed !== null) {
      if (typeof seed !== 'number' || !Number.isSafeInteger(seed) || seed < 0)
        throw new ProgramFault(`The seed must be a whole number, 0 or more, not ${excerpt(seed)}.`)
      this.#serving = new Serving(this.#problem, streamOf(seed))
    }
    if (request.heldOut === true) return this.#serving.resetToHeldOut(request.references === true)
    return this.#serving.reset(readReset(request))
  }
}

const streamOf = (seed: number): RandomStream => randomStream(seed, 'environment')

function requestIn(line: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    // Told below.
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new ProgramFault(`This is not a JSON object: ${excerpt(line)}.`)
}

/** Serves an environment over lines of JSON until `end`, or until there is nothing more to read. `write` resolves once the line is taken. */
export async function serveWorld(world: ServedWorld, input: Readable, write: (line: string) => Promise<void>): Promise<void> {
  await write(JSON.stringify(world.hello))
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (/^\s*\{\s*"type"\s*:\s*"end"/.test(line)) return
    await write(JSON.stringify(world.answer(line)))
  }
}
