import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { bootstrap } from './bootstrap.mjs'
import { nodeProgram, ROOT } from './paths.mjs'
import { explain } from './say.mjs'
import { dieWithNpm, followChild, TIED } from './tie.mjs'

// npm run pack: this system's packages. npm run pack:check: what a package holds, without Electron.
try {
  await bootstrap()
  dieWithNpm()
  followChild(spawn(nodeProgram(), [...TIED, join(ROOT, 'scripts/pack-now.mjs'), ...process.argv.slice(2)], { stdio: 'inherit' }))
} catch (error) {
  explain(error)
}
