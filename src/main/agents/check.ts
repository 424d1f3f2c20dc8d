import { count } from '@shared/format'
import type { AgentCheck, AgentStep } from '@shared/contract/agents'
import { defaultsOf } from '@shared/algorithms/parameters'
import { readScenario } from '@shared/formats'
import { RandomStream } from '@shared/model/random'
import type { Scenario } from '@shared/model/scenario'
import { presetOf } from '@shared/presets'
import { type AnyProblem, compileAnyProblem } from '../learn/problems'
import { openStreams } from '../learn/learner'
import { version } from '../version'
import { programParameters } from './card'
import { ProgramFault } from './fault'
import { type Hello, PROTOCOL } from './hello'
import { PROGRAM_PATIENCE, Program, type TrainingServer } from './program'
import type { RegisteredProgram } from './register'
import { meanGap, placedBy, Serving } from './serving'
import { worldTold } from './world'

/** Where programs are tried, for how many learn steps before and after a checkpoint, and on how many held-out workflows. */
const SCENARIO = 'one-edge-one-cloud'
const STEPS = 20
const HELD_OUT = 20
const SEED = 1

/** What came of checking a program; `hello` as far as it said so. */
export interface Checked {
  check: AgentCheck
  hello?: Hello
}

/**
 * Starts a program, trains it a little on a preset, has it place workflows, and resumes it twice from its checkpoint. What goes wrong is
 * part of what comes of it; nothing of the program is left afterwards.
 */
export async function checkProgram(registered: RegisteredProgram): Promise<Checked> {
  const steps: AgentStep[] = []
  const patience = { ...PROGRAM_PATIENCE, ...registered.patience }
  const programs: Program[] = []
  let hello: Hello | undefined
  let isExact = false
  let fault: string | undefined
  const start = () => {
    const program = new Program(registered, patience)
    programs.push(program)
    return program
  }
  const look = async <T>(what: AgentStep['what'], work: () => Promise<T>, words: (result: T) => string): Promise<T> => {
    const began = performance.now()
    const note = (isGood: boolean, says: string) => steps.push({ what, isGood, says, milliseconds: performance.now() - began })
    try {
      const result = await work()
      note(true, words(result))
      return result
    } catch (error) {
      note(false, error instanceof Error ? error.message : String(error))
      throw error
    }
  }
  try {
    const program = start()
    hello = await look(
      'hello',
      () => program.hello(version),
      () => `protocol ${PROTOCOL}`
    )
    const said = hello
    const own = said.parameters.length
    await look(
      'parameters',
      async () => own,
      () => (own === 0 ? 'none of its own' : `${own} declared, all with default and range`)
    )
    const trial = new Trial(said)
    await look(
      'start',
      () => trial.begin(program),
      () => `${count(trial.problem.shape.places, 'place', 'places')}, observations of ${trial.inputs} float32`
    )
    if (said.learnSteps !== undefined) {
      const told = () =>
        `${count(STEPS, 'learn step', 'learn steps')}, ${count(trial.asked, 'request', 'requests')} for the training stream`
      await look('train', () => trial.train(program, 0), told)
    }
    await look(
      'evaluate',
      () => trial.place(program),
      (placed) =>
        `placements of ${count(placed.length, 'workflow', 'workflows')}, gap ${(100 * meanGap(trial.heldOut, placed)).toFixed(1)} %`
    )
    if (said.learnSteps !== undefined) {
      const state = await look(
        'checkpoint',
        () => program.checkpoint(),
        (bytes) => count(bytes.length, 'byte', 'bytes')
      )
      const words = (agree: boolean) =>
        agree ? 'two resumes agree: exact resume is claimed' : 'two resumes differ: exact resume is not claimed'
      isExact = await look('resume', () => trial.resumesAgree(program, start, state), words)
    }
  } catch (error) {
    fault = error instanceof ProgramFault || error instanceof RangeError ? error.message : String(error)
  }
  // One that failed by itself writes why while it ends.
  await Promise.all(programs.map((program) => program.end()))
  const stderr = programs.map(({ lastWords }) => lastWords).findLast((words) => words !== '')
  const check: AgentCheck = {
    checkedAt: Date.now(),
    steps,
    ...(fault !== undefined && { fault, ...(stderr && { stderr }) }),
    ...(hello?.title !== undefined && { title: hello.title }),
    ...(hello?.made !== undefined && { made: hello.made }),
    ...(hello && { parameters: hello.parameters.length }),
    isExact
  }
  return { check, ...(hello && { hello }) }
}

/** A small world that programs are tried in. */
class Trial {
  readonly problem: AnyProblem
  readonly #scenario: Scenario
  readonly #hello: Hello
  #environment = openStreams(SEED).environment
  /** How often a program has asked for the training stream. */
  asked = 0

  constructor(hello: Hello) {
    const read = readScenario(presetOf(SCENARIO, 'scenario'), presetOf)
    if (!read.ok) throw new RangeError(`the preset ${SCENARIO} cannot be read`)
    this.#scenario = read.value
    this.#hello = hello
    this.problem = compileAnyProblem({ scenario: read.value, heldOut: HELD_OUT, split: 0 }, { training: 'fresh', jitter: 0 })
  }

  get inputs(): number {
    return worldTold(this.problem, this.#scenario).inputs
  }

  get heldOut() {
    return this.problem.heldOut
  }

  begin(program: Program, resume?: { step: number; state: Uint8Array }): Promise<void> {
    const { learnSteps } = this.#hello
    const parameters = defaultsOf(programParameters(this.#hello))
    return program.start({
      seed: SEED,
      parameters: learnSteps === undefined ? parameters : { ...parameters, learnSteps: 2 * STEPS },
      world: worldTold(this.problem, this.#scenario),
      ...(learnSteps !== undefined && { learnSteps: 2 * STEPS }),
      ...(resume && { resume })
    })
  }

  /** Trains for STEPS; what it reported. */
  async train(program: Program, from: number): Promise<string[]> {
    const serving = new Serving(this.problem, this.#environment)
    const reported: string[] = []
    const note = () => {
      this.asked++
    }
    const trainer: TrainingServer = {
      reset: (request) => {
        note()
        return serving.reset(request)
      },
      step: (actions) => {
        note()
        return serving.step(actions)
      },
      metrics: (step, values) => void reported.push(JSON.stringify([step, values])),
      log: () => {}
    }
    await program.train(from, from + STEPS, trainer)
    return reported
  }

  place(program: Program): Promise<Uint8Array[]> {
    return placedBy(program, this.problem, this.heldOut)
  }

  /** Whether a program that goes on, and two that resume where it was, report and place the same. */
  async resumesAgree(program: Program, start: () => Program, state: Uint8Array): Promise<boolean> {
    const environment = this.#environment.state
    const goOn = async (each: Program) => {
      this.#environment = new RandomStream(environment)
      const reported = await this.train(each, STEPS)
      const placed = await this.place(each)
      return JSON.stringify([reported, placed.map((placement) => [...placement])])
    }
    const expected = await goOn(program)
    for (let i = 0; i < 2; i++) {
      const resumed = start()
      await resumed.hello(version)
      await this.begin(resumed, { step: STEPS, state })
      if ((await goOn(resumed)) !== expected) return false
    }
    return true
  }
}
