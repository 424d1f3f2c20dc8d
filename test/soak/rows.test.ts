import { describe } from 'vitest'
import { holds } from './holds'
import { contractRow } from './rows/contract'
import { databases } from './rows/databases'
import { depth } from './rows/depth'
import { divergence } from './rows/divergence'
import { documents } from './rows/documents'
import { formulas } from './rows/formulas'
import { migration } from './rows/migration'
import { readOnly } from './rows/read-only'
import { resume } from './rows/resume'
import { twoPrograms } from './rows/two-programs'
import { worker } from './rows/worker'
import { zips } from './rows/zips'

describe('rows of RELIABILITY.md', () => {
  for (const row of [
    resume,
    worker,
    databases,
    readOnly,
    twoPrograms,
    migration,
    divergence,
    documents,
    depth,
    zips,
    formulas,
    contractRow
  ])
    holds(row)
})
