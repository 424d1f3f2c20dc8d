/** A `@paper` tag: where it stands, what it cites, and how it is read there. */
export interface PaperTag {
  file: string
  line: number
  name: string | undefined
  keys: string[]
  reading: string
}
export function tagsOf(file: string, text: string): PaperTag[]
export function allTags(): PaperTag[]
export function pageOf(tags: readonly PaperTag[]): string
