import { contract } from '@shared/contract'
import { describe, expect, it } from 'vitest'
import { contractSuite } from './contract-suite'
import { HOSTS } from './hosts'

describe.each(HOSTS)('the contract, spoken $name', ({ open }) => contractSuite(open))

describe('every method of the contract', () => {
  it('has a schema for what it takes and what it gives', () => {
    for (const [room, methods] of Object.entries(contract)) {
      for (const [name, method] of Object.entries(methods)) {
        const definition = method['~orpc']
        expect(definition.inputSchema, `${room}.${name} takes anything`).toBeDefined()
        expect(definition.outputSchema, `${room}.${name} gives anything`).toBeDefined()
      }
    }
  })
})
