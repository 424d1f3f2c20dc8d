import { copyFileSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { programFiles } from './files'
import { iconFiles } from './icons'
import { licencesOf, licenceText } from './licences'
import { ROOT } from './places'
import { LIBRARY_FOLDER, LIBRARY_LIST, libraryParts } from './tensors'

/** What is packed, laid out in a folder. */
export interface Stage {
  /** The program as it is laid out in its archive. */
  app: string
  /** Its files, relative to `app`. */
  files: string[]
  /** Icons, where electron-builder looks for what it builds with. */
  icons: string
  /** Files beside the archive: from where, and to where in the folder of resources. */
  resources: { from: string; to: string }[]
}

export interface OwnManifest {
  name: string
  productName: string
  version: string
  description: string
  license: string
  type: string
  main: string
}

export const ownManifest = (): OwnManifest => JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as OwnManifest

/** The project's page: where it is built for release, else the paper's, which the program implements. */
const homepage = (): string => {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = process.env
  return server && repository ? `${server}/${repository}` : 'https://doi.org/10.1109/TNSM.2021.3087258'
}

function write(file: string, content: string | Uint8Array): string {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  return file
}

/** Lays out in an empty folder what is packed. The program has been built. */
export async function stage(folder: string): Promise<Stage> {
  rmSync(folder, { recursive: true, force: true })
  const app = join(folder, 'app')
  const files = programFiles()
  for (const file of files) {
    mkdirSync(dirname(join(app, file)), { recursive: true })
    copyFileSync(join(ROOT, file), join(app, file), constants.COPYFILE_FICLONE)
  }
  const { name, productName, version, description, license, type, main } = ownManifest()
  const about = { homepage: homepage(), author: 'The DMRO Lab authors', desktopName: `${name}.desktop` }
  const manifest = { name, productName, version, description, license, type, main, ...about }
  write(join(app, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)

  const icons = join(folder, 'icons')
  for (const [file, bytes] of await iconFiles()) write(join(icons, file), bytes)

  const parts = libraryParts()
  const list = JSON.stringify({ folder: LIBRARY_FOLDER, files: parts.map(({ part }) => part) }, null, 2)
  const resources = [
    { from: join(ROOT, 'LICENSE'), to: 'LICENSE.txt' },
    { from: write(join(folder, 'THIRD-PARTY-LICENCES.txt'), licenceText(licencesOf(files))), to: 'THIRD-PARTY-LICENCES.txt' },
    { from: write(join(folder, LIBRARY_LIST), `${list}\n`), to: LIBRARY_LIST },
    ...parts.map(({ from, part }) => ({ from, to: `${LIBRARY_FOLDER}/${part.name}` }))
  ]
  return { app, files: [...files, 'package.json'].sort(), icons, resources }
}
