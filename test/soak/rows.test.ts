import { describe } from 'vitest'
import { holds } from './holds'
import { databases } from './rows/databases'
import { divergence } from './rows/divergence'
import { documents } from './rows/documents'
import { migration } from './rows/migration'
import { readOnly } from './rows/read-only'
import { resume } from './rows/resume'
import { twoPrograms } from './rows/two-programs'
import { worker } from './rows/worker'

describe('rows of RELIABILITY.md', () => {
  for (const row of [resume, worker, databases, readOnly, twoPrograms, migration, divergence, documents]) holds(row)
})
