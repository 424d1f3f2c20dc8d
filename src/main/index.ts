import { fileURLToPath } from 'node:url'
import { app, dialog } from 'electron'
import { startFailure } from './host/electron-recovery'

// Entry of the desktop program. The paths are those of the built program.
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Says why the program cannot begin, and ends it. */
async function fail(error: unknown): Promise<void> {
  await app.whenReady()
  const { title, content } = startFailure('cannot start', error)
  dialog.showErrorBox(title, content)
  app.exit(1)
}

try {
  // Loaded here, so that a part that is missing can be told. Electron is ready only once this module has been: what is waited for
  // here may not wait for it in turn.
  const { runDesktop } = await import('./host/electron')
  runDesktop({ worker: here('./worker.js'), page: here('../renderer'), preload: here('../preload/index.cjs') }).catch(fail)
} catch (error) {
  void fail(error)
}
