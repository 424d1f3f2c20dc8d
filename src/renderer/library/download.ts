/** Hands a document to the browser as a JSON file named after it. */
export function downloadJson(name: string, document: unknown): void {
  download(`${fileName(name)}.json`, new Blob([`${JSON.stringify(document, null, 2)}\n`], { type: 'application/json' }))
}

/** A name as a file may be called anywhere. */
function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^-+|-+$/g, '') || 'document'
}

function download(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
