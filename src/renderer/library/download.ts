import { saveBlob } from '../services/save'

/** Hands a document to the browser as a JSON file named after it. */
export function downloadJson(name: string, document: unknown): void {
  saveBlob(new Blob([`${JSON.stringify(document, null, 2)}\n`], { type: 'application/json' }), `${fileName(name)}.json`)
}

/** A name as a file may be called anywhere. */
function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^-+|-+$/g, '') || 'document'
}
