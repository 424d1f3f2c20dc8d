import { beforeAll, describe, expect, it } from 'vitest'
import { type Backend, loadBackend } from '../../../src/main/learn/backend'
import { isLearned } from '../../../src/main/learn/learner'
import { algorithmOf, train } from '../../../src/main/training/training'
import type { MemberProgress, TrainingEnd, TrainingHooks } from '../../../src/main/training/training-member'
import type { RunSpec } from '../../../src/shared/run/spec'
import type { ParameterValues } from '../../../src/shared/algorithms/parameters'
import { GENERATED, ONE_EDGE_ONE_CLOUD, scenario, smallParameters } from '../learn/worlds'

let backend: Backend
beforeAll(async () => {
  backend = await loadBackend()
})

function specOf(algorithm: string, seed: number, changes: ParameterValues = {}, energyWeight = 0.2): RunSpec {
  const world = scenario(ONE_EDGE_ONE_CLOUD, GENERATED)
  const spec = { scenario: { ...world, objective: { ...world.objective, energyWeight } }, algorithm, seed, heldOut: 10, split: 0 }
  const small = { learnSteps: 60, evaluateEvery: 20, checkpointEvery: 25, ...changes }
  return { ...spec, parameters: smallParameters(algorithmOf({ ...spec, parameters: {} }).card, small) }
}

/** Seeds × δ × learning rates, small. */
const groupOf = (algorithm: string, changes: ParameterValues = {}): RunSpec[] => [
  specOf(algorithm, 1, changes),
  specOf(algorithm, 2, { ...changes, learningRateDecay: 'cosine' }),
  specOf(algorithm, 1, { ...changes, learningRate: 0.003 }, 0.8)
]

/** Everything a run says that repeats, and where it can be asked to end. */
class Witness implements TrainingHooks {
  points: Record<string, [step: number, value: number][]> = {}
  checkpoints = new Map<number, Uint8Array>()
  ended: TrainingEnd | undefined
  failed: unknown
  seconds: number[] = []
  #asked = 0

  constructor(readonly ask?: { after: number; what: 'pause' | 'cancel' }) {}

  wanted(): 'go' | 'pause' | 'cancel' {
    return this.ask && ++this.#asked >= this.ask.after ? this.ask.what : 'go'
  }

  async report({ learnSteps, seconds, points, checkpoint }: MemberProgress): Promise<void> {
    for (const { metric, steps, values } of points) {
      if (metric === 'speed') continue
      this.points[metric] ??= []
      steps.forEach((step, i) => this.points[metric].push([step, values[i]]))
    }
    this.seconds.push(seconds)
    if (checkpoint) this.checkpoints.set(learnSteps, checkpoint)
  }

  end(end: TrainingEnd): void {
    this.ended = end
  }

  fail(error: unknown): void {
    this.failed = error
  }

  /** Curves, evaluation and policy, without what the clock says. */
  get bits(): unknown {
    const { evaluation, policy, outcome, learnSteps } = this.ended ?? {}
    return { points: this.points, evaluation: { ...evaluation, decisionMs: 0 }, policy, outcome, learnSteps }
  }
}

async function trained(
  specs: readonly RunSpec[],
  witnesses: readonly Witness[],
  checkpoints: (Uint8Array | undefined)[] = []
): Promise<void> {
  const algorithm = algorithmOf(specs[0])
  if (!isLearned(algorithm)) throw new Error(`${specs[0].algorithm} is not learned`)
  await train(
    backend,
    algorithm,
    specs.map((spec, i) => ({ spec, hooks: witnesses[i], checkpoint: checkpoints[i] }))
  )
}

async function alone(spec: RunSpec): Promise<unknown> {
  const witness = new Witness()
  await trained([spec], [witness])
  return witness.bits
}

/** The last checkpoint without the seconds at its start. */
const learnedState = ({ checkpoints }: Witness) => [...checkpoints.values()].at(-1)?.subarray(8)

const ALGORITHMS = ['dqn', 'double-dqn', 'dueling-dqn', 'dmro', 'dmro-plus']

describe('a group of seeds, energy weights and learning rates', () => {
  it.each(ALGORITHMS)('trains each run to the curves, evaluation and policy it comes to alone, bit for bit: %s', async (id) => {
    const specs = groupOf(id)
    const together = specs.map(() => new Witness())
    await trained(specs, together)
    for (const [i, spec] of specs.entries()) expect(together[i].bits).toEqual(await alone(spec))
  })

  it.each(['dqn', 'dmro'])(
    'loses members at any step without a trace in the others, and those continue later as if they had stayed: %s',
    async (id) => {
      const specs = groupOf(id)
      const asked = [new Witness({ after: 13, what: 'pause' }), new Witness(), new Witness({ after: 31, what: 'cancel' })]
      await trained(specs, asked)
      expect(asked.map(({ ended }) => [ended?.outcome, ended?.learnSteps])).toEqual([
        ['paused', 13],
        ['completed', 60],
        ['cancelled', 31]
      ])
      expect(asked[1].bits).toEqual(await alone(specs[1]))
      const rest = new Witness()
      await trained([specs[0]], [rest], [asked[0].checkpoints.get(13)])
      const whole = new Witness()
      await trained([specs[0]], [whole])
      expect(rest.ended?.policy).toEqual(whole.ended?.policy)
      for (const [metric, points] of Object.entries(whole.points)) {
        expect([...(asked[0].points[metric] ?? []), ...(rest.points[metric] ?? [])]).toEqual(points)
      }
    }
  )

  it('resumes together from checkpoints of one learn step, whatever trained beside them before', async () => {
    const specs = groupOf('dmro')
    const stopped = specs.map(() => new Witness({ after: 37, what: 'pause' }))
    await trained(specs.slice(0, 2), stopped.slice(0, 2))
    await trained(specs.slice(2), stopped.slice(2))
    const resumed = specs.map(() => new Witness())
    await trained(
      specs,
      resumed,
      stopped.map(({ checkpoints }) => checkpoints.get(37))
    )
    for (const [i, spec] of specs.entries()) {
      const whole = new Witness()
      await trained([spec], [whole])
      expect(resumed[i].ended?.policy).toEqual(whole.ended?.policy)
      expect(resumed[i].ended?.evaluation?.costs).toEqual(whole.ended?.evaluation?.costs)
    }
  })

  it('lets a diverged member go and keeps the others finite', async () => {
    const wild = { optimiser: 'sgd', targetCopy: 1, learnSteps: 100_000, hidden: 64, reward: 'cost', evaluateEvery: 100_000 }
    const specs = [specOf('dmro', 1, { ...wild, learningRate: 1 }), specOf('dmro', 2, { ...wild, learningRate: 1e-4 })]
    const together = [new Witness(), new Witness({ after: 300, what: 'pause' })]
    await trained(specs, together)
    expect(together.map(({ ended }) => ended?.outcome)).toEqual(['diverged', 'paused'])
    expect(together[0].ended?.learnSteps).toBeLessThan(300)
    expect(together[0].ended?.message).toContain(`learn step ${together[0].ended?.learnSteps};`)
    const single = new Witness({ after: 300, what: 'pause' })
    await trained(specs.slice(1), [single])
    expect(together[1].bits).toEqual(single.bits)
    expect(learnedState(together[1])).toEqual(learnedState(single))
  })

  it('refuses a member that cannot be compiled, and trains the others', async () => {
    const good = specOf('dqn', 1)
    const bad = specOf('dqn', 2)
    const nodes = bad.scenario.topology.nodes.filter(({ tier }) => tier !== 'device')
    bad.scenario = { ...bad.scenario, topology: { ...bad.scenario.topology, nodes } }
    const witnesses = [new Witness(), new Witness()]
    await trained([bad, good], witnesses)
    expect(witnesses[0].failed).toBeInstanceOf(Error)
    expect(witnesses[1].ended?.outcome).toBe('completed')
  })

  it('counts each second once over all its members, and leaves no tensor', async () => {
    const before = backend.tf.memory().numTensors
    const specs = [1, 2, 3, 4].map((seed) => specOf('dqn', seed))
    const witnesses = specs.map(() => new Witness())
    const began = performance.now()
    await trained(specs, witnesses)
    const seconds = (performance.now() - began) / 1000
    const sum = witnesses.reduce((total, { ended }) => total + (ended?.seconds ?? 0), 0)
    expect(sum).toBeGreaterThan(0)
    expect(sum).toBeLessThanOrEqual(seconds)
    expect(backend.tf.memory().numTensors).toBe(before)
  })
})
