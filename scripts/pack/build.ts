import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Arch, build, Platform } from 'electron-builder'
import { packConfig } from './config'
import { ROOT } from './places'
import { type Stage, stage } from './stage'

/** Packs the built program into a folder, without making installers of it. Returns where it lies. */
export async function packFolder(work: string, electronDist: string): Promise<{ stage: Stage; packed: string }> {
  const laid = await stage(join(work, 'stage'))
  const output = join(work, 'dist')
  await build({
    projectDir: ROOT,
    targets: Platform.LINUX.createTarget('dir', Arch.x64),
    config: packConfig(laid, output, electronDist)
  })
  return { stage: laid, packed: join(output, 'linux-unpacked') }
}

/** Makes this system's packages in `output`; `electronDist` as in `packConfig`. Returns their files. */
export async function packInstallers(output: string, electronDist?: string): Promise<string[]> {
  const work = join(ROOT, '.cache/pack')
  rmSync(work, { recursive: true, force: true })
  return build({ projectDir: ROOT, config: packConfig(await stage(work), output, electronDist) })
}
