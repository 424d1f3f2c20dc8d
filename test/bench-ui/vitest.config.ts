import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

// Figures, not tests: `npm run bench:ui`. One after another, on an otherwise idle machine.
export default defineConfig({
  resolve: { alias: { '@shared': resolve('src/shared') } },
  test: {
    include: ['test/bench-ui/bench-ui.ts'],
    testTimeout: 600_000,
    hookTimeout: 60_000,
    pool: 'forks',
    fileParallelism: false,
    reporters: [['default', { summary: false }]],
    disableConsoleIntercept: true
  }
})
