import { pathToFileURL } from 'node:url'
import { buildIfStale } from './build.mjs'
import { installPackages } from './install.mjs'
import { provideNative } from './native.mjs'
import { nodeProgram } from './paths.mjs'
import { explain, StepError } from './say.mjs'

const LEAST_NODE = 24

/** Installs the packages where they are missing, and sees to it that there is a Node to run them. Throws StepError. */
export function bootstrapPackages() {
  installPackages()
  if (nodeProgram() === process.execPath && Number(process.versions.node.split('.')[0]) < LEAST_NODE) {
    throw new StepError(
      'Node',
      `this is Node ${process.versions.node}, and none newer came with the packages for ${process.platform}-${process.arch}.`,
      `Install Node ${LEAST_NODE} or newer, then start again.`
    )
  }
}

/** Sets up what is missing: packages, the native tensor library, the build. Skips what is done. Throws StepError. */
export async function bootstrap() {
  bootstrapPackages()
  await provideNative()
  buildIfStale()
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await bootstrap()
  } catch (error) {
    explain(error)
  }
}
