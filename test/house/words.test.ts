import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What is written by hand; RESULTS.md is generated from stored runs, and this file has to name what it bans. */
const FILES = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', 'src', 'test', 'scripts', 'bin', 'docs', '*.md'],
  {
    cwd: ROOT,
    encoding: 'utf8'
  }
)
  .split('\n')
  .filter((file) => /\.(ts|vue|mjs|css|md)$/.test(file) && file !== 'RESULTS.md' && !file.startsWith('docs/studies/'))
  .filter((file) => file !== 'test/house/words.test.ts')
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

/** Words of other times and second words for one thing, with what is said instead. */
const BANNED: readonly [RegExp, string][] = [
  [/\breckon\w*/gi, 'compute'],
  [/\bmend(?:s|ed|ing)?\b/gi, 'fix'],
  [/\bheed(?:s|ed|ing)?\b/gi, 'follow, handle'],
  [/(?<!color-)schemes?(?![-\w])|\w*Scheme\w*|\bscheme[A-Z]\w*/g, 'algorithm; placement where a proposal is meant'],
  [/\bthere is no way\b/gi, 'no route; cannot'],
  [/\bplease\b/gi, 'nothing'],
  [/\bdoors?\b|\w*Doors?\b/g, 'host'],
  [/\b(?:every|whichever|each|this|which|present|the same) room\b|\brooms\b(?=[ ,.;])/gi, 'page; folder'],
  [/(?<!\bthere )\b(?:is|are|was|were) no (?!longer\b|more\b|less\b|fewer\b)[a-z]+/gi, 'is not a'],
  [/\bknows? no\b/gi, 'does not know'],
  [/\bput on hold\b/gi, 'paused'],
  [/\btold by\b/gi, 'estimated from, given by'],
  [/\bwhoever\b|\bwhomsoever\b|\bwhosoever\b/gi, 'a name for them'],
  [/\bas (?:it|they) stands?\b/gi, 'unchanged, as it is'],
  [/\bwhose like\b|\bthe like of\b/gi, 'the same as'],
  [/\bgo(?:es)? on (?:with|from)\b/gi, 'continue, resume'],
  [/\b(?:behold|anew|lest|nought|aught|foretells?|bade|dearer|dearest|in vain|of them all|hand['’]s breadth)\b/gi, 'a current word'],
  [/\b(?:steps|workflows|runs|networks) a (?:second|step|unit|learn step)\b/gi, 'per']
]

/** Where a banned word is somebody else's: protocols and colour schemes, the key of a stored address, a title. */
const THEIRS: readonly { file: RegExp; text: RegExp }[] = [
  {
    file: /^src\/main\/host\/electron(-settings)?\.ts$|^test\/main\/host\/electron|^docs\/electron\.md$/,
    text: /registerSchemesAsPrivileged|scheme: SCHEME/
  },
  { file: /^src\/renderer\/services\/connection\.ts$/, text: /'wss'|\$\{scheme\}/ },
  { file: /^src\/renderer\/runs\/useFilterAddress\.ts$|^test\//, text: /query\.scheme|\{ scheme: |[?&]scheme=/ },
  { file: /^src\/shared\/conditions\/|^test\//, text: /'scheme\b|scheme:d/ },
  { file: /^src\/shared\/statistics\/cusum\.ts$/, text: /^ \* schemes, Biometrika/ },
  { file: /./, text: /colorScheme|prefers-color-scheme/ }
]

function faultsIn(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, at) =>
    BANNED.flatMap(([banned, instead]) => {
      const found = line.match(banned)
      if (!found || THEIRS.some((theirs) => theirs.file.test(file) && theirs.text.test(line))) return []
      return [`${file}:${at + 1}: "${found[0]}"; say: ${instead}`]
    })
  )
}

it('a native researcher would say it: no banned word in the window, command line, documents, comments and test titles', () => {
  expect(FILES.length).toBeGreaterThan(500)
  expect(FILES.flatMap((file) => faultsIn(file, read(file)))).toEqual([])
})

it('which is seen where it is broken', () => {
  const breaches = [
    '// The optimum is reckoned when asked.',
    "'Nothing can be drawn until it is mended.'",
    "title: 'Seven schemes'",
    'const schemeStyle = 1',
    '/** One program behind three doors. */',
    '/** Words that every room uses. */',
    "'this workflow is no chain'",
    "'a number, please'",
    "'The time is told by earlier runs.'",
    '// Keys are for whoever heeds them.',
    '/** Learn steps a second. */'
  ]
  for (const breach of breaches) expect(faultsIn('src/planted.ts', breach), breach).not.toEqual([])
  expect(faultsIn('src/planted.ts', "'This is not a chain, and there is no run; it is no longer queued. Algorithms per page.'")).toEqual([])
})

/** Names that two modules of src may declare, and why. */
const TWICE: Readonly<Record<string, string>> = {
  ParameterValues: 'the schema of the contract for the type of shared/experiment',
  EvaluatedOn: 'the schema of the contract for the type of shared/experiment',
  Priority: 'the schema of the contract for the type of shared/experiment',
  StudyProgress: 'the schema of the contract for what main/studies states',
  typed: 'a part of the contract bears its name on the wire'
}

/** What a module declares and exports by name; re-exports and a component's default export are no declarations. */
function declaredIn(file: string, text: string): string[] {
  const script = file.endsWith('.vue') ? (/<script lang="ts">([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '') : text
  const names = ts.createSourceFile(file, script, ts.ScriptTarget.Latest).statements.flatMap((statement) => {
    const kinds = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []).map(({ kind }) => kind) : []
    if (!kinds.includes(ts.SyntaxKind.ExportKeyword) || kinds.includes(ts.SyntaxKind.DefaultKeyword)) return []
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []))
    const named =
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isEnumDeclaration(statement)
    return named && statement.name ? [statement.name.text] : []
  })
  return [...new Set(names)]
}

function doubledIn(modules: readonly (readonly [file: string, text: string])[]): string[] {
  const declared = new Map<string, string[]>()
  for (const [file, text] of modules) for (const name of declaredIn(file, text)) declared.set(name, [...(declared.get(name) ?? []), file])
  return [...declared]
    .filter(([name, files]) => files.length > 1 && !(name in TWICE))
    .map(([name, files]) => `${name}: ${files.join(', ')}`)
}

it('an exported name means one thing: no two modules declare it', () => {
  const modules = FILES.filter((file) => /^src\/.*\.(ts|vue)$/.test(file)).map((file) => [file, read(file)] as const)
  expect(doubledIn(modules)).toEqual([])
})

it('which is seen where it is broken, and no re-export is taken for it', () => {
  const first = ['src/a.ts', 'export const STARTS = [1]\nexport type Start = 1'] as const
  expect(doubledIn([first, ['src/b.ts', 'export interface Start { at: number }']])).toEqual(['Start: src/a.ts, src/b.ts'])
  expect(doubledIn([first, ['src/b.ts', "export { STARTS } from './a'\nexport * from './a'\nconst Start = 2"]])).toEqual([])
})

it('durations have one formatter: nothing else puts minutes and seconds together', () => {
  const own = FILES.filter((file) => file.startsWith('src/') && file !== 'src/shared/format.ts').filter((file) =>
    /\} min \$\{|\} h \$\{/.test(read(file))
  )
  expect(own).toEqual([])
})
