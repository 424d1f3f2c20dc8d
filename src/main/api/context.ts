import { implement } from '@orpc/server'
import { contract } from '@shared/contract'
import type { Lab } from './lab'

/** Every method of the contract, to be answered for an open lab. */
export const api = implement(contract)
  .$context<{ lab: Lab }>()
  .use(({ context: { lab }, next }) => {
    // Programs may have been registered beside this lab.
    lab.agents.share()
    return next()
  })
