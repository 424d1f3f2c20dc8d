type Saver = (blob: Blob, name: string) => void

/** By the browser's own means: its downloads. */
function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has to have begun reading it.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

let saver: Saver = download

/** In the program's own window files are kept by the system's dialog. */
export function saveFilesBy(other: Saver): void {
  saver = other
}

/** Saves a file for the user of the page. */
export function saveBlob(blob: Blob, name: string): void {
  saver(blob, name.replaceAll(/[^\p{L}\p{N} ._-]/gu, '-'))
}
