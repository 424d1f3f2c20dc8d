import type { Row } from '../row'
import { databases } from './databases'
import { documents } from './documents'
import { kill } from './kill'
import { resume } from './resume'
import { worker } from './worker'

/** Every row. A new one is a file named as it is called, and a line here. */
export const ROWS: readonly Row[] = [kill, resume, worker, databases, documents]
