import { createHash } from 'node:crypto'
import { createReadStream, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { packInstallers } from './build'
import { ROOT } from './places'

// Makes this system's packages in dist, and the file of their checksums as sha256sum reads it.
const output = join(ROOT, 'dist')
const files = (await packInstallers(output, process.env.LAB_ELECTRON_DIST)).filter((file) => !file.endsWith('.blockmap'))
const lines: string[] = []
for (const file of files.sort()) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  lines.push(`${hash.digest('hex')}  ${basename(file)}`)
}
writeFileSync(join(output, `SHA256SUMS-${process.platform}.txt`), `${lines.join('\n')}\n`)
console.log(lines.join('\n'))
