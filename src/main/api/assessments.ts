import { api } from './context'
import { computed, titleOf } from './computed'
import { orInvalid, unreadScenario } from './documents'

export const assessmentsRoom = {
  optimum: api.assessments.optimum.handler(({ input: { scenario }, errors, signal, context: { lab } }) =>
    orInvalid(errors.INVALID, () => {
      const document = unreadScenario(scenario, lab.store)
      return computed(lab, { what: 'optimum', document }, `Optimum of ${titleOf(document)}`, signal)
    })
  ),

  evaluate: api.assessments.evaluate.handler(({ input: { scenario, placement }, errors, signal, context: { lab } }) =>
    orInvalid(errors.INVALID, () => {
      const document = unreadScenario(scenario, lab.store)
      return computed(lab, { what: 'evaluate', document, placement }, `Placement of ${titleOf(document)}`, signal)
    })
  ),

  queues: api.assessments.queues.handler(({ input: { scenario }, errors, signal, context: { lab } }) =>
    orInvalid(errors.INVALID, () => {
      const document = unreadScenario(scenario, lab.store)
      return computed(lab, { what: 'queues', document }, `Queues of ${titleOf(document)}`, signal)
    })
  )
}
