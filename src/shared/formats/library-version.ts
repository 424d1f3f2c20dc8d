import { z } from 'zod'
import { Name } from './fields'

export const LIBRARY_VERSION = 'dmro-version/1'

/** Names what of a document's content decides numbers: the first 64 bits of a SHA-256, in hexadecimal. */
export const ContentId = z.string().regex(/^[0-9a-f]{16}$/, 'must be sixteen hexadecimal digits')

/** A version of a document of the library: stands in other documents where a name may, and means the same whatever comes later. */
export const VersionDocument = z.strictObject({
  format: z.literal(LIBRARY_VERSION),
  id: z.string().regex(/^[0-9a-f]{8}$/, 'must be the eight hexadecimal digits of a document'),
  version: z.number().int('must be a whole number').min(1, 'versions count from 1'),
  /** What the document was called when this was written; it may have another name by now. */
  name: Name,
  /** By which its content is found in a library that does not have the document. */
  content: ContentId.optional()
})
export type LibraryVersion = z.infer<typeof VersionDocument>

/** A part of a document that stands there by its name, or as a version of the library. */
export type NamedPart = string | LibraryVersion

/** Whether a value claims to be a version of the library; `isLibraryVersion` says whether it is one. */
export function claimsVersion(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === LIBRARY_VERSION
}

export function isLibraryVersion(value: unknown): value is LibraryVersion {
  return claimsVersion(value) && VersionDocument.safeParse(value).success
}

/** A version as people read it: `office v3`. */
export function versionText({ name, version }: { name: string; version: number }): string {
  return `${name} v${version}`
}
