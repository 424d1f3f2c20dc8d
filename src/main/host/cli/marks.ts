import { readFileSync } from 'node:fs'
import { Tag } from '@shared/contract/records'
import { type Invocation, listOf, textOf, UsageError } from './command'
import { note, printJson } from './output'
import { type DirectClient, type Session, withLab } from './session'

export const MARKS = ['tag', 'note', 'pin', 'archive'] as const
type Mark = (typeof MARKS)[number]
type Request = Omit<Parameters<DirectClient['runs']['mark']>[0], 'ids'>

/** What is to be noted down. Throws UsageError. */
function requestOf({ options }: Invocation, mark: Mark): Request {
  if (mark === 'pin') return { pinned: options.off !== true }
  if (mark === 'archive') return { archived: options.off !== true }
  if (mark === 'note') {
    const text = textOf(options, 'text')
    if ((text === undefined) === (options.clear !== true)) throw new UsageError('give the note with --text TEXT, or remove it with --clear')
    return { note: text === undefined ? null : text === '-' ? readFileSync(0, 'utf8') : text }
  }
  const [addTags, removeTags] = [listOf(options, 'add')?.map(tagOf), listOf(options, 'remove')]
  if (!addTags && !removeTags) throw new UsageError('which tags? --add a,b or --remove a,b')
  return { addTags, removeTags }
}

function tagOf(text: string): string {
  const parsed = Tag.safeParse(text)
  if (parsed.success) return parsed.data
  throw new UsageError(`"${text}" is not a tag: ${parsed.error.issues[0]?.message}`)
}

/** Notes something down about the runs that `resolve` finds. */
export function runMarkCommand(invocation: Invocation, mark: Mark, resolve: (session: Session) => string[]): Promise<number> {
  const request = requestOf(invocation, mark)
  return withLab(invocation, async (session) => {
    const ids = resolve(session)
    const { changed } = await session.client.runs.mark({ ids, ...request })
    if (invocation.json) await printJson({ marked: changed })
    else note(`Marked: ${changed.join(' ')}`)
    return 0
  })
}
