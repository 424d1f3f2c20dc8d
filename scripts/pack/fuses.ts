import { type FuseConfig, FuseV1Options, FuseVersion, FuseState, getCurrentFuseWire } from '@electron/fuses'
import type { AfterPackContext } from 'electron-builder'
import { FUSES } from '../../src/main/host/electron-settings'

type FuseName = keyof typeof FUSES
const names = Object.keys(FUSES) as FuseName[]

/** Sets the fuses of a packaged Electron as `FUSES` of the desktop host says; those it does not name stay as Electron has them. */
export async function flip({ packager, ...context }: AfterPackContext): Promise<void> {
  const wanted: FuseConfig = { version: FuseVersion.V1 }
  for (const name of names) wanted[FuseV1Options[name]] = FUSES[name]
  await packager.addElectronFuses({ packager, ...context }, wanted)
}

/** Fuses of an Electron program that differ from `FUSES`, each with how it stands; none where all are as they should be. */
export async function wrongFuses(program: string): Promise<string[]> {
  const wire = await getCurrentFuseWire(program)
  return names.flatMap((name) => {
    const state = wire[FuseV1Options[name]]
    return state === (FUSES[name] ? FuseState.ENABLE : FuseState.DISABLE)
      ? []
      : [`${name} is ${state === undefined ? 'absent' : FuseState[state]}`]
  })
}
