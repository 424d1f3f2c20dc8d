import { describe } from 'vitest'
import { holds } from './holds'
import { databases } from './rows/databases'
import { divergence } from './rows/divergence'
import { migration } from './rows/migration'
import { scale } from './rows/scale'

describe('rows of RELIABILITY.md: what is kept', () => {
  for (const row of [databases, migration, divergence, scale]) holds(row)
})
