import { runSource } from './source.mjs'

// Needs the packages and the build, and the Node they come with: scripts/pack.mjs sees to both.
await runSource(process.argv[2] === 'check' ? 'scripts/pack/write-check.ts' : 'scripts/pack/write-packages.ts')
