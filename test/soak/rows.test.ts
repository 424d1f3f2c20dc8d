import { describe } from 'vitest'
import { holds } from './holds'
import { databases } from './rows/databases'
import { documents } from './rows/documents'
import { resume } from './rows/resume'
import { worker } from './rows/worker'

describe('rows of RELIABILITY.md', () => {
  for (const row of [resume, worker, databases, documents]) holds(row)
})
