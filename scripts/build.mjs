import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CLI, LOCK, MODULES, nodeProgram, OUT, PAGE, ROOT } from './paths.mjs'
import { say, StepError } from './say.mjs'

const STAMP = join(OUT, '.sources')

/** A hash of everything the build reads, so that a build is made when it would differ and at no other time. */
function sourcesHash() {
  const hash = createHash('sha256')
  const files = ['src', 'resources'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? join(entry.parentPath, entry.name) : []
    )
  )
  for (const file of [...files.sort(), LOCK, join(ROOT, 'package.json'), join(ROOT, 'electron.vite.config.ts')]) {
    hash.update(file.slice(ROOT.length)).update(readFileSync(file))
  }
  return hash.digest('hex')
}

/** Builds the program where its sources have changed since it was last built. */
export function buildIfStale() {
  const hash = sourcesHash()
  if (existsSync(CLI) && existsSync(PAGE) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return
  say('Building…')
  // Half a build must not pass for the whole of one.
  rmSync(STAMP, { force: true })
  const result = spawnSync(nodeProgram(), [join(MODULES, 'electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'error'], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 300_000
  })
  if (result.status !== 0)
    throw new StepError(
      'build',
      `${result.stderr ?? ''}${result.stdout ?? ''}`.trim() || String(result.error),
      'If you changed the sources, fix them; if not, delete node_modules and start again.'
    )
  writeFileSync(STAMP, hash)
}
