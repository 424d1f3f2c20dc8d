/** Days and moments as people type them into conditions, by the clock of this machine. */

/** From the first millisecond up to, not including, the last; of a moment both are one. Milliseconds since 1970. */
export interface Span {
  from: number
  to: number
}

const DAY = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:T(\d{1,2}):(\d{2}))?)?)?$/
const AGO = /^(\d+(?:\.\d+)?)(min|minutes?|h|hours?|d|days?|w|weeks?)$/i
const LENGTHS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** What may stand where a moment is asked for. */
export const MOMENTS = ['today', 'yesterday', '2026-11-30', '2026-11-30T14:00', '2 h ago'] as const

function midnight(now: number, daysLater: number): number {
  const day = new Date(now)
  day.setHours(0, 0, 0, 0)
  day.setDate(day.getDate() + daysLater)
  return day.getTime()
}

/** A year, a month, a day, or a minute. */
function dayOf(text: string): Span | undefined {
  const match = DAY.exec(text)
  if (!match) return undefined
  const [year, month, day, hour, minute] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part)))
  if (year === undefined) return undefined
  const from = new Date(year, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0)
  // 2026-02-30 would become a day of March.
  const isReal = (month === undefined || from.getMonth() === month - 1) && (day === undefined || from.getDate() === day)
  if (!isReal || (hour ?? 0) > 23 || (minute ?? 0) > 59) return undefined
  if (hour !== undefined) return { from: from.getTime(), to: from.getTime() + 60_000 }
  const [years, months, days] = month === undefined ? [1, 0, 0] : day === undefined ? [0, 1, 0] : [0, 0, 1]
  return { from: from.getTime(), to: new Date(year + years, from.getMonth() + months, from.getDate() + days).getTime() }
}

/** What one word says, or two or three where they belong together (`2 h ago`), and how many words that were; undefined where it is not a time. */
export function readMoment(words: readonly string[], now: number): { span: Span; words: number } | undefined {
  const [first = '', second = '', third = ''] = words.map((word) => word.toLowerCase())
  if (first === 'today') return { span: { from: midnight(now, 0), to: midnight(now, 1) }, words: 1 }
  if (first === 'yesterday') return { span: { from: midnight(now, -1), to: midnight(now, 0) }, words: 1 }
  const day = dayOf(first.toUpperCase())
  // A number before "days ago" is not a year.
  if (day && third !== 'ago') return { span: day, words: 1 }
  const [length, taken] = second === 'ago' ? [first, 2] : third === 'ago' ? [`${first}${second}`, 3] : ['', 0]
  const match = AGO.exec(length)
  if (!match) return undefined
  const at = now - Number(match[1]) * LENGTHS[match[2][0]]
  return { span: { from: at, to: at }, words: taken }
}
