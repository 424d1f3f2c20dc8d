import { implement } from '@orpc/server'
import { contract } from '@shared/contract'
import { assertData, plainRefusal } from './input'
import type { Lab } from './lab'

/** Every method of the contract, to be answered for an open lab. What it is called with is looked at first, in every host. */
export const api = implement(contract)
  .$context<{ lab: Lab }>()
  .use(async ({ context: { lab }, next }, input) => {
    assertData(input)
    // Programs may have been registered beside this lab.
    lab.agents.share()
    try {
      return await next()
    } catch (error) {
      throw plainRefusal(error)
    }
  })
