import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { bootstrap } from './bootstrap.mjs'
import { electronProgram, hasDisplay } from './electron.mjs'
import { MODULES, nodeProgram, ROOT } from './paths.mjs'
import { explain } from './say.mjs'
import { dieWithNpm, followChild, TIED } from './tie.mjs'

// npm run test:electron: starts the program itself in its window, as it is built and, where `npm run pack` has made one, as it is packaged.

/** Where `npm run pack` leaves the unpacked program, by system. */
const UNPACKED = {
  linux: 'dist/linux-unpacked/dmro-lab',
  win32: 'dist/win-unpacked/DMRO Lab.exe',
  darwin: 'dist/mac-universal/DMRO Lab.app/Contents/MacOS/DMRO Lab'
}

/** Says that nothing was tested and why. Where it must be tested (LAB_ELECTRON_REQUIRED) that is a failure. */
function skip(why) {
  console.log(`skipped: the window was not tested, since ${why}`)
  process.exitCode = process.env.LAB_ELECTRON_REQUIRED ? 1 : 0
}

try {
  await bootstrap()
  dieWithNpm()
  const electron = hasDisplay() ? await electronProgram() : undefined
  if (!hasDisplay()) skip('there is no display here (with Xvfb: xvfb-run -a npm run test:electron).')
  else if (electron === undefined) skip('Electron’s binary is missing and could not be fetched.')
  else {
    const packaged = UNPACKED[process.platform] && join(ROOT, UNPACKED[process.platform])
    const isPacked = packaged !== undefined && existsSync(packaged)
    if (!isPacked) console.log('The packaged program is left out: `npm run pack` has not made one here.')
    const args = [join(MODULES, 'vitest/vitest.mjs'), 'run', '--config', 'test/electron/vitest.config.ts', ...process.argv.slice(2)]
    const env = { ...process.env, LAB_ELECTRON: electron, ...(isPacked && { LAB_PACKAGED: packaged }) }
    followChild(spawn(nodeProgram(), [...TIED, ...args], { cwd: ROOT, stdio: 'inherit', env }))
  }
} catch (error) {
  explain(error)
}
