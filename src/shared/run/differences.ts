/** One place of some documents, and what each of them holds there; undefined where it holds nothing. */
export interface DocumentLine {
  path: string
  values: (string | undefined)[]
  isEqual: boolean
}

/** What things are called in a list, so that a node put first shifts no other. */
function nameOf(value: unknown, at: number): string {
  if (typeof value === 'object' && value !== null) {
    if ('id' in value && typeof value.id === 'string') return value.id
    if ('from' in value && 'to' in value) return `${value.from} – ${value.to}`
  }
  return String(at + 1)
}

const plainly = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

/** Every leaf of a document by its path; short lists of numbers stand as one leaf. What has no meaning for the model is left out. */
function leavesOf(value: unknown, path: string, into: Map<string, string>): void {
  if (Array.isArray(value)) {
    if (value.every((each) => typeof each !== 'object')) into.set(path, value.map(plainly).join(' – '))
    else value.forEach((each, at) => leavesOf(each, path === '' ? nameOf(each, at) : `${path} › ${nameOf(each, at)}`, into))
    return
  }
  if (typeof value !== 'object' || value === null) {
    if (value !== undefined) into.set(path, plainly(value))
    return
  }
  for (const [key, each] of Object.entries(value)) {
    if (key === 'position' || key === 'format') continue
    leavesOf(each, path === '' ? key : `${path} › ${key}`, into)
  }
}

/** Documents line by line, in the order of their first appearance; as many columns as documents. */
export function documentLines(documents: readonly unknown[]): DocumentLine[] {
  const leaves = documents.map((document) => {
    const found = new Map<string, string>()
    leavesOf(document, '', found)
    return found
  })
  const paths = new Set(leaves.flatMap((each) => [...each.keys()]))
  return [...paths].map((path) => {
    const values = leaves.map((each) => each.get(path))
    return { path, values, isEqual: values.every((value) => value === values[0]) }
  })
}
