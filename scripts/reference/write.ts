import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { reference } from '.'

// Rewrites docs/reference, in the folder it is started in. It is waited for: what it imports comes while it is loaded.
const folder = join(process.cwd(), 'docs/reference')
const files = await reference(process.cwd())
rmSync(folder, { recursive: true, force: true })
for (const [path, text] of files) {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
console.log(`Written: ${files.size} files in docs/reference`)
