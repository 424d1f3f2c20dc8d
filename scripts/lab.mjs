import { spawn } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { bootstrap } from './bootstrap.mjs'
import { CLI, nodeProgram } from './paths.mjs'
import { explain } from './say.mjs'
import { dieWithNpm, followChild, TIED } from './tie.mjs'

// The command line of a clone: sets up what is missing, then runs it, in this process where this is the Node it needs.
try {
  await bootstrap()
  dieWithNpm()
  if (Number(process.versions.node.split('.')[0]) >= 24) await import(pathToFileURL(CLI).href)
  else followChild(spawn(nodeProgram(), [...TIED, CLI, ...process.argv.slice(2)], { stdio: 'inherit' }))
} catch (error) {
  explain(error)
}
