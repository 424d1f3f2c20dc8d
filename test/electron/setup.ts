import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'

/** The folder that a packaged program is all of: on a Mac the one that holds its bundle. */
function folderOf(program: string): string {
  const bundle = /^(.*)[\\/][^\\/]+\.app[\\/]/.exec(program)?.[1]
  return bundle ?? dirname(program)
}

/** Copies the packaged program and lets the copy be inspected, which the one that people get refuses. */
export default async function setUp(): Promise<(() => void) | undefined> {
  const packaged = process.env.LAB_PACKAGED
  if (packaged === undefined) return undefined
  const folder = folderOf(packaged)
  const copy = join(mkdtempSync(join(tmpdir(), 'lab-driven-')), basename(folder))
  cpSync(folder, copy, { recursive: true, verbatimSymlinks: true })
  const driven = join(copy, relative(folder, packaged))
  await flipFuses(driven, {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: process.platform === 'darwin',
    [FuseV1Options.EnableNodeCliInspectArguments]: true
  })
  process.env.LAB_PACKAGED_DRIVEN = driven
  return () => rmSync(dirname(copy), { recursive: true, force: true, maxRetries: 5 })
}
