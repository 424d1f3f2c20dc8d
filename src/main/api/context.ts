import { implement } from '@orpc/server'
import { contract } from '@shared/contract'
import type { Lab } from './lab'

/** Every method of the contract, to be answered with a lab at hand. */
export const api = implement(contract).$context<{ lab: Lab }>()
