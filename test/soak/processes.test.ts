import { describe } from 'vitest'
import { holds } from './holds'
import { limits } from './rows/limits'
import { readOnly } from './rows/read-only'
import { resume } from './rows/resume'
import { twoPrograms } from './rows/two-programs'
import { worker } from './rows/worker'

describe('rows of RELIABILITY.md: what runs', () => {
  for (const row of [resume, worker, readOnly, twoPrograms, limits]) holds(row)
})
