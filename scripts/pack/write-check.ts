import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { packFolder } from './build'
import { checkPackage, checkSame, fingerprint } from './check'
import { hasNativeTensors } from './files'
import { ROOT } from './places'
import { writeStub } from './stub'
import { checkTraining } from './train'

// Packs the built program twice around an Electron that is none, reads what came of it, and says of each thing whether it is so.
const FAULTS_SHOWN = 20
const cache = join(ROOT, '.cache')
mkdirSync(cache, { recursive: true })
const work = mkdtempSync(join(cache, 'pack-check-'))
try {
  const electron = join(work, 'electron')
  writeStub(electron)
  const first = await packFolder(join(work, 'first'), electron)
  const second = await packFolder(join(work, 'second'), electron)
  const rows = [
    ...(await checkPackage(first.packed, first.stage)),
    checkSame(fingerprint(first.packed), fingerprint(second.packed)),
    ...(await checkTraining(first.packed, hasNativeTensors()))
  ]
  for (const { what, faults } of rows) {
    console.log(`${faults.length === 0 ? 'passed' : 'FAILED'}  ${what}`)
    for (const fault of faults.slice(0, FAULTS_SHOWN)) console.log(`    ${fault}`)
    if (faults.length > FAULTS_SHOWN) console.log(`    … and ${faults.length - FAULTS_SHOWN} more`)
  }
  process.exitCode = rows.every(({ faults }) => faults.length === 0) ? 0 : 1
} finally {
  rmSync(work, { recursive: true, force: true })
}
