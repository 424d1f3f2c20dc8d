import { describe } from 'vitest'
import { holds } from './holds'
import { contractRow } from './rows/contract'
import { depth } from './rows/depth'
import { documents } from './rows/documents'
import { formulas } from './rows/formulas'
import { host } from './rows/host'
import { zips } from './rows/zips'

describe('rows of RELIABILITY.md: what comes from outside', () => {
  for (const row of [documents, depth, zips, formulas, contractRow, host]) holds(row)
})
