import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { pixelsToRem } from './scripts/rem'

const alias = { '@shared': resolve('src/shared') }

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      // What carries native code stays outside; all else is bundled, so that the program starts from few files.
      externalizeDeps: {
        include: [
          '@tensorflow/tfjs-node',
          '@tensorflow/tfjs-core',
          '@tensorflow/tfjs-backend-wasm',
          '@tensorflow/tfjs-backend-cpu',
          'better-sqlite3',
          '@resvg/resvg-wasm'
        ]
      },
      rollupOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          cli: resolve('src/main/host/cli.ts'),
          worker: resolve('src/main/training/worker.ts'),
          heartbeat: resolve('src/main/processes/heartbeat-thread.ts')
        },
        output: { format: 'es' }
      }
    }
  },
  preload: {
    resolve: { alias },
    // A sandboxed preload can require nothing but Electron itself.
    build: {
      externalizeDeps: false,
      rollupOptions: { input: { index: resolve('src/preload/index.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } }
    }
  },
  renderer: {
    root: 'src/renderer',
    resolve: { alias },
    plugins: [vue()],
    css: { postcss: { plugins: [pixelsToRem()] } },
    build: { minify: true, assetsInlineLimit: 0, rollupOptions: { input: { index: resolve('src/renderer/index.html') } } }
  }
})
