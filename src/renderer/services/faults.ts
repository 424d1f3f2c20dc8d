import { ORPCError } from '@orpc/client'
import { text } from '../ui/text'

/** Why something asked of the program did not happen, as a sentence. */
export function reasonOf(error: unknown): string {
  if (error instanceof ORPCError) {
    const data: unknown = error.data
    if (typeof data === 'object' && data !== null) {
      if ('reasons' in data && Array.isArray(data.reasons) && data.reasons.length > 0) return data.reasons.map(String).join('; ')
      if ('ids' in data && Array.isArray(data.ids)) return `${error.message} (${data.ids.map(String).join(', ')})`
    }
    return error.message
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') return text.connection.tooLong
  return error instanceof Error ? error.message : String(error)
}
