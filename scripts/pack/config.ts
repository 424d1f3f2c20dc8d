import { readdirSync, readFileSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import type { AfterPackContext, Configuration } from 'electron-builder'
import { APP_ID } from '../../src/main/host/electron-settings'
import { flip } from './fuses'
import { MODULES } from './places'
import { ownManifest, type Stage } from './stage'

/** The moment every packed file bears, so that two packages of one source are the same: SOURCE_DATE_EPOCH, seconds, else the first of 2026. */
const MOMENT = Number(process.env.SOURCE_DATE_EPOCH ?? Date.UTC(2026, 0, 1) / 1000)

function setTimes(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) utimesSync(join(entry.parentPath, entry.name), MOMENT, MOMENT)
  }
}

async function afterPack(context: AfterPackContext): Promise<void> {
  // The two halves of a universal Mac program are joined first.
  if (context.appOutDir.endsWith('-temp')) return
  await flip(context)
  setTimes(context.appOutDir)
}

/** What the packages are made of, for electron-builder. `electronDist` is a folder that holds Electron unpacked; absent: it is fetched. */
export function packConfig(stage: Stage, output: string, electronDist?: string): Configuration {
  const { productName, name, description } = ownManifest()
  const { version } = JSON.parse(readFileSync(join(MODULES, 'electron/package.json'), 'utf8')) as { version: string }
  return {
    appId: APP_ID,
    productName,
    copyright: 'MIT licence, the DMRO Lab authors',
    electronVersion: version,
    ...(electronDist !== undefined && { electronDist }),
    directories: { app: stage.app, output, buildResources: stage.icons },
    // The folder holds what belongs in, and nothing else.
    files: ['**/*', { from: 'node_modules', to: 'node_modules', filter: ['**/*'] }],
    beforeBuild: () => Promise.resolve(false),
    asar: { smartUnpack: false },
    asarUnpack: ['**/*.node'],
    extraResources: stage.resources,
    afterPack,
    artifactName: `${name}-\${version}-\${os}-\${arch}.\${ext}`,
    publish: null,
    fileAssociations: [
      {
        ext: 'dmro',
        name: 'DMRO Lab bundle',
        description: 'Runs and documents of DMRO Lab',
        mimeType: 'application/x-dmro',
        role: 'Editor'
      }
    ],
    linux: {
      target: ['AppImage', 'deb'],
      executableName: name,
      // Taskbars know the window by it.
      syncDesktopName: true,
      icon: join(stage.icons, 'icons'),
      category: 'Science',
      synopsis: 'A lab for task offloading from devices to edges and clouds',
      description,
      maintainer: 'The DMRO Lab authors',
      vendor: 'The DMRO Lab authors'
    },
    win: { target: ['nsis'], icon: join(stage.icons, 'icon.ico') },
    // Associations of files are made for the whole machine.
    nsis: { oneClick: false, perMachine: true, allowToChangeInstallationDirectory: true },
    mac: {
      target: [{ target: 'dmg', arch: ['universal'] }],
      icon: join(stage.icons, 'icon.icns'),
      category: 'public.app-category.education',
      // Without a certificate the program is signed by nobody; Macs with their own processors refuse one without any signature.
      identity: process.env.CSC_LINK ? undefined : '-',
      // Both halves carry the database’s binaries for both processors.
      x64ArchFiles: '**/better-sqlite3/prebuilds/*.node'
    }
  }
}
