/** Hands a file to whoever reads the page, by the browser's own means. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name.replaceAll(/[^\p{L}\p{N} ._-]/gu, '-')
  link.click()
  // The browser has to have begun reading it.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
