import { runSource } from './source.mjs'

// Writes docs/reference from the code; test/house compares the two.
await runSource('scripts/reference/write.ts')
