import { readPlacement } from '@shared/formats'
import { assess, optimalPlacements } from '@shared/model/assessment'
import { api } from './context'
import { compiledFrom, orInvalid, accepted } from './documents'

export const assessmentsRoom = {
  optimum: api.assessments.optimum.handler(({ input: { scenario }, errors, context: { lab } }) =>
    orInvalid(errors.INVALID, () => {
      const compiled = compiledFrom(scenario, lab.store)
      return assess(compiled, optimalPlacements(compiled))
    })
  ),

  evaluate: api.assessments.evaluate.handler(({ input: { scenario, placement }, errors, context: { lab } }) =>
    orInvalid(errors.INVALID, () => {
      const compiled = compiledFrom(scenario, lab.store)
      return assess(compiled, accepted(readPlacement(placement, compiled)))
    })
  )
}
