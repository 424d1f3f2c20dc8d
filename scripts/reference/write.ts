import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { reference } from '.'
import { glossaryPage } from './glossary'

// Rewrites docs/reference and docs/glossary.md, in the folder it is started in. It is waited for: what it imports comes while it is loaded.
const folder = join(process.cwd(), 'docs/reference')
const files = await reference(process.cwd())
rmSync(folder, { recursive: true, force: true })
for (const [path, text] of files) {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
writeFileSync(join(process.cwd(), 'docs/glossary.md'), glossaryPage())
console.log(`Written: docs/glossary.md and ${files.size} files in docs/reference`)
