import { assessmentsRoom } from './assessments'
import { api } from './context'
import { experimentsRoom } from './experiments'
import { playgroundRoom } from './playground'
import { runsRoom } from './runs'
import { systemRoom } from './system'

/** The contract, answered: a method without an answer does not compile. */
export const router = api.router({
  system: systemRoom,
  experiments: experimentsRoom,
  runs: runsRoom,
  assessments: assessmentsRoom,
  playground: playgroundRoom
})
