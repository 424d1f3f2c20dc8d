import { foreignSentence } from '@shared/algorithms/foreign'
import { writeScenario } from '@shared/formats'
import { PlaygroundError } from '../playground/playgrounds'
import { api } from './context'
import type { Lab } from './lab'
import { policyBytesOf, runPolicyOf } from './policies'

interface Answers {
  NOT_FOUND(options: { message: string; data: { ids: string[] } }): Error
  MISFIT(options: { message: string }): Error
  ENDED(options: { message: string }): Error
  INVALID(options: { message: string; data: { faults: { path: string; message: string }[] } }): Error
}

/** A refusal of the playground as the contract's error; anything else as it is. */
function told(error: unknown, errors: Answers): unknown {
  if (!(error instanceof PlaygroundError)) return error
  const { message, why } = error
  if (why === 'misfit') return errors.MISFIT({ message })
  if (why === 'ended') return errors.ENDED({ message })
  return errors.INVALID({ message, data: { faults: [{ path: '$', message }] } })
}

/** A run with its policy. Throws NOT_FOUND, MISFIT. */
function trained(lab: Lab, id: string, errors: Answers) {
  const run = lab.store.detail(id)
  if (!run) throw errors.NOT_FOUND({ message: `There is no run ${id}.`, data: { ids: [id] } })
  const policy = runPolicyOf(lab.store, id)
  if (run.row.foreign)
    throw errors.MISFIT({ message: foreignSentence(id, run.row.foreign.source, 'it has no policy that could place workflows') })
  if (!policy) throw errors.MISFIT({ message: `Run ${id} has no policy: it has not completed, or its algorithm does not learn.` })
  return { spec: lab.store.runs.spec(id), policy }
}

export const playgroundRoom = {
  open: api.playground.open.handler(async ({ input, errors, context: { lab } }) => {
    const { spec, policy } = trained(lab, input.run, errors)
    try {
      const { session, ready } = await lab.playgrounds.open({ spec, policy })
      return { session, algorithm: spec.algorithm, scenario: writeScenario(spec.scenario), ...ready }
    } catch (error) {
      throw told(error, errors)
    }
  }),

  decide: api.playground.decide.handler(async ({ input: { session, changes, sample, learner }, errors, context: { lab } }) => {
    try {
      return await lab.playgrounds.decide(session, { changes, sample, learner })
    } catch (error) {
      throw told(error, errors)
    }
  }),

  play: api.playground.play.handler(async function* ({ input: { session, changes, sample }, errors, signal, context: { lab } }) {
    try {
      yield* lab.playgrounds.play(session, { changes, sample }, signal)
    } catch (error) {
      throw told(error, errors)
    }
  }),

  observe: api.playground.observe.handler(async ({ input: { session, changes, noise }, errors, context: { lab } }) => {
    try {
      return await lab.playgrounds.observe(session, { changes, noise })
    } catch (error) {
      throw told(error, errors)
    }
  }),

  adapt: api.playground.adapt.handler(async function* ({ input: { session, changes, psi, seeds }, errors, signal, context: { lab } }) {
    try {
      const start = psi === undefined ? undefined : await policyBytesOf(lab, psi)
      if (psi !== undefined && !start) throw errors.NOT_FOUND({ message: `No policy is called "${psi}".`, data: { ids: [psi] } })
      yield* lab.playgrounds.adapt(session, { changes, psi: start, seeds }, signal)
    } catch (error) {
      throw told(error, errors)
    }
  }),

  close: api.playground.close.handler(({ input: { session }, context: { lab } }) => {
    lab.playgrounds.close(session)
    return {}
  })
}
