import { fileURLToPath } from 'node:url'
import { main } from './cli/main'

// Entry of the command line. The paths are those of the built program: shared code lies elsewhere, entries lie here.
process.exitCode = await main(process.argv.slice(2), {
  worker: fileURLToPath(new URL('./worker.js', import.meta.url)),
  page: fileURLToPath(new URL('../renderer', import.meta.url))
})
