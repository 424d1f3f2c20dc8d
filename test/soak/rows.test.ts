import { describe } from 'vitest'
import { holds } from './holds'
import { documents } from './rows/documents'

describe('rows of RELIABILITY.md', () => {
  for (const row of [documents]) holds(row)
})
