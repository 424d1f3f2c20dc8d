import { join } from 'node:path'
import { runnerImport } from 'vite'
import { ROOT } from './paths.mjs'

/** Runs a TypeScript module of this project, in the project's folder. It is waited for: what it imports comes while it is loaded. */
export async function runSource(file) {
  process.chdir(ROOT)
  await runnerImport(join(ROOT, file), {
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@shared': join(ROOT, 'src/shared') } }
  })
}
