import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FOLDERS = ['src', 'scripts', 'test']
const CODE = new Set(['.ts', '.mjs', '.vue'])
const SAYS = /\/\/\s*\S|\/\*/

/** A component without its template and styles, every line where it was. */
function scriptOf(file: string, text: string): string {
  if (extname(file) !== '.vue') return text
  const blank = (part: string) => part.replaceAll(/[^\n]/g, '')
  const parts = text.split(/(<script[^>]*>|<\/script>)/)
  return parts.map((part, i) => (parts[i - 1]?.startsWith('<script') ? part : blank(part))).join('')
}

const isNothing = (value: ts.Expression) =>
  (ts.isIdentifier(value) && value.text === 'undefined') || value.kind === ts.SyntaxKind.NullKeyword || ts.isVoidExpression(value)

/** Whether a function is one that takes an error and does nothing. */
function isDeaf(handler: ts.Expression): boolean {
  if (!ts.isArrowFunction(handler) && !ts.isFunctionExpression(handler)) return false
  return ts.isBlock(handler.body) ? handler.body.statements.length === 0 : isNothing(handler.body)
}

/** Lines on which an error is caught and dropped without a word why: `catch {}`, `.catch(() => {})`, `.then(f, () => undefined)`. */
function silentIn(file: string, text: string): number[] {
  if (!/\bcatch\b|\.then\(/.test(text)) return []
  const script = scriptOf(file, text)
  const source = ts.createSourceFile(file, script, ts.ScriptTarget.Latest, true)
  const lines = script.split('\n')
  const found: number[] = []
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line
  const says = (line: number) => SAYS.test((lines[line] ?? '').replaceAll(/'[^']*'|`[^`]*`/g, "''"))
  const visit = (node: ts.Node): void => {
    if (ts.isCatchClause(node) && node.block.statements.length === 0 && !SAYS.test(node.block.getText(source)))
      found.push(lineOf(node.getStart(source)) + 1)
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const name = node.expression.name.text
      const handler = name === 'catch' ? node.arguments[0] : name === 'then' ? node.arguments[1] : undefined
      if (handler && isDeaf(handler)) {
        const line = lineOf(handler.getStart(source))
        if (!says(line) && !(says(line - 1) && /^\s*(\/\/|\*|\/\*)/.test(lines[line - 1]))) found.push(line + 1)
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

it('no error is dropped without a comment that says why', () => {
  const found = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name}`)
      .filter((file) => CODE.has(extname(file)))
      .flatMap((file) => silentIn(file, readFileSync(join(ROOT, file), 'utf8')).map((line) => `${file}:${line}`))
  )
  expect(found).toEqual([])
})

it.each([
  'try { go() } catch {}',
  'try { go() } catch (error) {\n}',
  'go().catch(() => {})',
  'go().catch(() => undefined)',
  'go().catch(function () {})',
  'void go().then(on, () => null)',
  "go('// no comment').catch(() => {})",
  '// why the line above the last was dropped\n\ngo().catch(() => {})'
])('which is seen in %j', (code) => {
  expect(silentIn('planted.ts', code)).toHaveLength(1)
  expect(silentIn('planted.vue', `<script setup lang="ts">\n${code}\n</script>\n<template><a>it's</a></template>`)).toHaveLength(1)
})

it.each([
  'try { go() } catch { /* gone already */ }',
  'try { go() } catch {\n  // Gone already.\n}',
  '// Gone already.\ngo().catch(() => {})',
  'go().catch(() => {}) // gone already',
  'go().catch((error) => tell(error))',
  'try { go() } catch { return 1 }'
])('and not in %j', (code) => {
  expect(silentIn('sound.ts', code)).toEqual([])
})
