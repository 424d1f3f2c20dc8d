import { NONE } from '@shared/format'
import { text } from './text'

const two = (value: number) => String(value).padStart(2, '0')

/** When, as short as it is clear: 14:02 today, 22 Nov this year, else 22 Nov 2024. */
export function when(at: number | undefined, now: number): string {
  if (at === undefined) return NONE
  const [then, today] = [new Date(at), new Date(now)]
  const day = text.dates.day(then.getDate(), text.dates.months[then.getMonth()])
  if (then.getFullYear() !== today.getFullYear()) return `${day} ${then.getFullYear()}`
  return then.getMonth() === today.getMonth() && then.getDate() === today.getDate()
    ? `${two(then.getHours())}:${two(then.getMinutes())}`
    : day
}
