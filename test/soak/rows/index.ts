import type { Row } from '../row'
import { contractRow } from './contract'
import { databases } from './databases'
import { depth } from './depth'
import { diskFull } from './disk-full'
import { divergence } from './divergence'
import { documents } from './documents'
import { formulas } from './formulas'
import { host } from './host'
import { kill } from './kill'
import { limits } from './limits'
import { migration } from './migration'
import { payloads } from './payloads'
import { readOnly } from './read-only'
import { resume } from './resume'
import { scale } from './scale'
import { twoPrograms } from './two-programs'
import { worker } from './worker'
import { zips } from './zips'

/** Every row. A new one is a file named as it is called, and a line here. */
export const ROWS: readonly Row[] = [
  kill,
  resume,
  worker,
  diskFull,
  databases,
  readOnly,
  twoPrograms,
  migration,
  divergence,
  documents,
  depth,
  zips,
  formulas,
  payloads,
  contractRow,
  host,
  scale,
  limits
]
