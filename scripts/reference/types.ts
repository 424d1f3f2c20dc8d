import { getEventIteratorSchemaDetails } from '@orpc/contract'
import { z } from 'zod'
import { BinaryPart } from '../../src/shared/contract/binary'

/** What JSON Schema knows of a schema, as far as it is used here. */
export interface JsonSchema {
  $comment?: string
  $ref?: string
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: JsonSchema | boolean
  propertyNames?: JsonSchema
  items?: JsonSchema | boolean
  prefixItems?: JsonSchema[]
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  pattern?: string
  default?: unknown
  part?: string
}

/** Rules that zod holds in code and JSON Schema has no word for, by what they say when they are broken. */
function rulesOf(schema: z.core.$ZodTypes): string[] {
  const checks = (schema._zod.def as { checks?: z.core.$ZodCheck[] }).checks ?? []
  return checks.flatMap((check) => {
    const def = check._zod.def as { check: string; error?: (issue: unknown) => string | { message?: string } | undefined | null }
    if (def.check !== 'custom') return []
    const said = def.error?.({})
    return [typeof said === 'string' ? said : (said?.message ?? 'a rule that is checked in code')]
  })
}

/**
 * A schema as JSON Schema 2020-12. Rules it has no word for stand in `$comment`. `partOf`: what a document of another format is replaced with.
 */
export function jsonSchemaOf(schema: z.ZodType, partOf: (kind: string) => JsonSchema = () => ({})): JsonSchema {
  return z.toJSONSchema(schema, {
    unrepresentable: 'any',
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const out = jsonSchema as JsonSchema
      const rules = rulesOf(zodSchema)
      if (rules.length > 0) out.$comment = rules.join('; ')
      if ((zodSchema as unknown) === BinaryPart) out.type = 'bytes'
      if (zodSchema._zod.def.type === 'nan') out.const = 'NaN'
      if (zodSchema._zod.def.type === 'literal') {
        const [value] = (zodSchema._zod.def as { values: unknown[] }).values
        if (value === Infinity || value === -Infinity) {
          delete out.type
          out.const = String(value)
        }
      }
      if (out.part !== undefined) {
        const kind = out.part
        delete out.part
        Object.assign(out, partOf(kind))
      }
    }
  }) as JsonSchema
}

/** A schema as one reads a type, over several lines where it is long. */
export function typeOf(schema: unknown): string {
  if (schema === undefined) return 'nothing'
  const stream = getEventIteratorSchemaDetails(schema as Parameters<typeof getEventIteratorSchemaDetails>[0])
  if (stream) return `stream of ${typeOf(stream.yields)}`
  return written(jsonSchemaOf(schema as z.ZodType), '')
}

const WIDE = 100

function written(schema: JsonSchema, indent: string): string {
  const { anyOf, oneOf, allOf } = schema
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  const either = anyOf ?? oneOf
  if (either) return [...new Set(either.map((each) => written(each, indent)))].join(' | ')
  if (allOf) return allOf.map((each) => written(each, indent)).join(' & ')
  if (schema.type === 'array') return listOf(schema, indent)
  if (schema.type === 'object') return recordOf(schema, indent)
  const name = [schema.type ?? 'any'].flat().join(' | ')
  return `${name}${schema.pattern === undefined ? '' : ` /${schema.pattern}/`}${limits(schema)}`
}

function listOf({ items, prefixItems, minItems, maxItems }: JsonSchema, indent: string): string {
  if (prefixItems) return `[${prefixItems.map((each) => written(each, indent)).join(', ')}]`
  const item = typeof items === 'object' ? written(items, indent) : 'any'
  return `${/[ |&]/.test(item) && !item.endsWith('}') ? `(${item})` : item}[]${limits({ minItems, maxItems })}`
}

/** What zod says of every whole number. */
const SAFE = Number.MAX_SAFE_INTEGER

/** Least and greatest value or length, as `<1…60>`; nothing where there is no limit. */
function limits({ minimum, maximum, minLength, maxLength, minItems, maxItems }: JsonSchema): string {
  const least = minLength ?? minItems ?? (minimum === -SAFE ? undefined : minimum)
  const most = maxLength ?? maxItems ?? (maximum === SAFE ? undefined : maximum)
  return least === undefined && most === undefined ? '' : ` <${least ?? ''}…${most ?? ''}>`
}

function recordOf({ properties = {}, required = [], additionalProperties }: JsonSchema, indent: string): string {
  const deeper = `${indent}  `
  const fields = Object.entries(properties).map(
    ([name, value]) => `${name}${required.includes(name) ? '' : '?'}: ${written(value, deeper)}`
  )
  if (fields.length === 0) return typeof additionalProperties === 'object' ? `{ [key]: ${written(additionalProperties, deeper)} }` : '{}'
  const line = `{ ${fields.join('; ')} }`
  if (line.length + indent.length <= WIDE && !line.includes('\n')) return line
  return `{\n${fields.map((field) => `${deeper}${field}`).join('\n')}\n${indent}}`
}
