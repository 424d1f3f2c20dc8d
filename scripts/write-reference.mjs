import { join } from 'node:path'
import { runnerImport } from 'vite'
import { ROOT } from './paths.mjs'

// Writes docs/reference from the code; test/house compares the two.
process.chdir(ROOT)
await runnerImport(join(ROOT, 'scripts/reference/write.ts'), {
  root: ROOT,
  configFile: false,
  logLevel: 'error',
  resolve: { alias: { '@shared': join(ROOT, 'src/shared') } }
})
