import type { Standing } from '../app/keeping'
import { text } from '../ui/text'
import { when } from '../ui/when'

export function notKeptText({ since, why }: NonNullable<Standing['trouble']>): string {
  return text.library.notKept(when(since, Date.now()), why)
}
