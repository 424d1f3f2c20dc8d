import { fileURLToPath } from 'node:url'
import { main } from './cli/main'

/** The native parts are built for it; an older one would die silently when the database is opened. */
const LEAST_NODE = 24

// Entry of the command line. The paths are those of the built program: shared code is elsewhere, entries are here.
if (Number(process.versions.node.split('.')[0]) < LEAST_NODE) {
  process.stderr.write(`This is Node ${process.versions.node}; the lab needs ${LEAST_NODE} or newer. "npm run lab" brings its own.\n`)
  process.exitCode = 1
} else {
  process.exitCode = await main(process.argv.slice(2), {
    worker: fileURLToPath(new URL('./worker.js', import.meta.url)),
    page: fileURLToPath(new URL('../renderer', import.meta.url))
  })
}
