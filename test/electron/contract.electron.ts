import { describe } from 'vitest'
import { contractSuite } from '../main/api/contract-suite'
import { lineThrough } from './line'
import { PROGRAMS, start } from './program'

// The suite of every line to a lab, over the desktop window's own: its runs train in utility processes.
describe.each(PROGRAMS)('the contract, spoken over the port of the window, $name', (program) =>
  contractSuite(async () => {
    const started = await start(program)
    const { client, close } = await lineThrough(started.page)
    return {
      client,
      close: async () => {
        close()
        await started.close()
      }
    }
  })
)
