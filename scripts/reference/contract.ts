import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { contract } from '../../src/shared/contract'
import { code, page } from './markdown'
import { typeOf } from './types'

interface Method {
  '~orpc': {
    inputSchema?: unknown
    outputSchema?: unknown
    errorMap: Record<string, { status?: number; message?: string; data?: unknown } | undefined>
  }
}

/** Comments above the methods of the contract, by `room.method`. */
function sentences(root: string): Map<string, string> {
  const folder = join(root, 'src/shared/contract')
  const found = new Map<string, string>()
  for (const name of readdirSync(folder)) {
    const source = ts.createSourceFile(name, readFileSync(join(folder, name), 'utf8'), ts.ScriptTarget.Latest, true)
    for (const statement of source.statements) {
      if (!ts.isVariableStatement(statement)) continue
      for (const { name: room, initializer } of statement.declarationList.declarations) {
        if (!initializer || !ts.isObjectLiteralExpression(initializer)) continue
        for (const property of initializer.properties) {
          const said = ts
            .getJSDocCommentsAndTags(property)
            .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '')
            .join(' ')
          if (said !== '' && property.name)
            found.set(`${room.getText(source)}.${property.name.getText(source)}`, said.replaceAll(/\s*\n\s*/g, ' '))
        }
      }
    }
  }
  return found
}

/** Every method of the contract. Throws where one has no sentence: the comment above it is what the reference says. */
export function contractPage(root: string): string {
  const said = sentences(root)
  const services = Object.entries(contract as unknown as Record<string, Record<string, Method>>)
  const parts = services.flatMap(([room, methods]) => [
    `## ${room}`,
    ...Object.entries(methods).map(
      ([
        name,
        {
          '~orpc': { inputSchema, outputSchema, errorMap }
        }
      ]) => {
        const sentence = said.get(`${room}.${name}`)
        if (sentence === undefined)
          throw new Error(`${room}.${name} has no comment above it in src/shared/contract: say in a sentence what it does`)
        const errors = Object.entries(errorMap).flatMap(([error, what]) => {
          if (!what) return []
          const data = what.data === undefined ? '' : ` with \`${typeOf(what.data).replaceAll(/\s*\n\s*/g, ' ')}\``
          return [`\`${error}\`${what.status === undefined ? '' : ` (${what.status})`}${data}`]
        })
        return [
          `### ${room}.${name}`,
          sentence,
          code(`input  ${typeOf(inputSchema)}\noutput ${typeOf(outputSchema)}`, 'ts'),
          ...(errors.length > 0 ? [`Errors: ${errors.join(', ')}`] : [])
        ].join('\n\n')
      }
    )
  ])
  return page(
    '# The contract',
    'The one typed API that every host answers and the page speaks (`src/shared/contract`). A name with `?` may be left out; `<1…60>` are the least and greatest value or length; numbers that JSON does not know travel as `"NaN"`, `"Infinity"`, `"-Infinity"`; `bytes` travel as a Blob.',
    ...parts
  )
}
