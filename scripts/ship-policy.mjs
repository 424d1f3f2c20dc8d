import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'

// Makes a policy one that comes with the lab: node scripts/ship-policy.mjs FILE.policy ID "name" "note"
// FILE is what `lab runs export RUN --policy --to FILE` writes.

const [file, id, name, note] = process.argv.slice(2)
if (!note || !/^[a-z0-9-]+$/.test(id)) {
  console.error('Give a policy file, an id such as one-policy-3-places, a name, and a note that says what it was trained on.')
  process.exit(2)
}
const path = join(ROOT, 'resources', 'policies', `${id}.policy.json`)
writeFileSync(path, `${JSON.stringify({ name, note, bytes: readFileSync(file).toString('base64') }, null, 2)}\n`)
console.log(`Written: ${path}`)
