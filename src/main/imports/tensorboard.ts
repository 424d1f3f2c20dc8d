import { createHash } from 'node:crypto'
import { count } from '@shared/format'
import {
  BadForeignError,
  type ForeignRun,
  namesListed,
  MOST_CURVES,
  MOST_NAME,
  MOST_PARAMETERS,
  MOST_POINTS,
  parameterText
} from './foreign-run'
import type { ForeignFiles } from './files'
import { GrowingCurve, wallPaceOf } from './growing-curve'
import { ProtoFault, ProtoReader } from './proto-reader'
import { type SummaryValue, sessionParameters, startsAgain, summaryValue, textParameters } from './tf-events'
import { tfRecords } from './tfrecords'

/** TensorBoard's folders: each that holds event files is a run, called by its place. */

const EVENTS = /(^|\/)events\.out\.tfevents\.[^/]*$/

const isEventFile = (path: string): boolean => EVENTS.test(path)

/** Event files by the folder they are in, '' where they are at the top. */
export function eventFolders(paths: readonly string[]): Map<string, string[]> {
  const folders = new Map<string, string[]>()
  for (const path of paths.filter(isEventFile)) {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
    folders.set(folder, [...(folders.get(folder) ?? []), path])
  }
  return folders
}

/** What is read of a run's files, one after the other. */
class Reading {
  readonly curves = new Map<string, GrowingCurve>()
  readonly parameters: Record<string, string> = {}
  readonly troubles: string[] = []
  readonly notes: string[] = []
  /** Values by the plugin they are of, that are not scalars. */
  readonly leftOut = new Map<string, number>()
  /** Plugins of tags: only a tag's first value names its own. */
  readonly #plugins = new Map<string, string>()
  first = Number.POSITIVE_INFINITY
  last = Number.NEGATIVE_INFINITY

  constructor(private readonly budget: { points: number }) {}

  /** Throws BadForeignError, ProtoFault. */
  event(bytes: Uint8Array, file: string): void {
    let step = 0
    let time = 0
    let summary: ProtoReader | undefined
    for (const event = new ProtoReader(bytes); event.next(); ) {
      if (event.number === 1) time = event.double() * 1000
      else if (event.number === 2) step = event.whole()
      else if (event.number === 5) summary = event.message()
      else if (event.number === 7 && startsAgain(event.message())) this.#startAgain(step)
    }
    if (Number.isFinite(time) && Math.abs(time) < 8.64e15 && time > 0) {
      this.first = Math.min(this.first, time)
      this.last = Math.max(this.last, time)
    }
    if (!summary) return
    while (summary.next()) if (summary.number === 1) this.#value(summaryValue(summary.message()), step, time, file)
  }

  #value(value: SummaryValue, step: number, time: number, file: string): void {
    if (value.plugin !== undefined) this.#plugins.set(value.tag, value.plugin)
    const plugin = this.#plugins.get(value.tag)
    if (plugin === 'hparams') {
      if (value.content) this.#keep(sessionParameters(value.content))
      return
    }
    const isScalar = value.scalar !== undefined && (plugin === undefined || plugin === 'scalars')
    if (isScalar) return this.#point(value.tag, step, value.scalar ?? Number.NaN, time, file)
    const table = plugin === 'text' && value.text !== undefined ? textParameters(value.tag, value.text) : undefined
    if (table) return this.#keep(table)
    const kind = plugin ?? value.other ?? 'unknown'
    this.leftOut.set(kind, (this.leftOut.get(kind) ?? 0) + 1)
  }

  #point(tag: string, step: number, value: number, time: number, file: string): void {
    let curve = this.curves.get(tag)
    if (!curve) {
      if (tag.length > MOST_NAME || tag === '')
        throw new BadForeignError(file, `a tag has ${tag.length} letters; it may have 1 to ${MOST_NAME}`)
      if (this.curves.size >= MOST_CURVES) throw new BadForeignError(file, `holds more than ${MOST_CURVES.toLocaleString('en')} tags`)
      curve = new GrowingCurve()
      this.curves.set(tag, curve)
    }
    if (--this.budget.points < 0)
      throw new BadForeignError(file, `is beyond ${MOST_POINTS.toLocaleString('en')} points, the most that one import takes`)
    curve.push(step, value, time)
  }

  #keep(parameters: Readonly<Record<string, string>>): void {
    for (const [key, text] of Object.entries(parameters)) {
      if (key === '__proto__' || key.length > MOST_NAME || Object.keys(this.parameters).length >= MOST_PARAMETERS) continue
      this.parameters[key] = parameterText(text)
    }
  }

  #startAgain(step: number): void {
    let dropped = 0
    for (const curve of this.curves.values()) dropped += curve.dropFrom(step)
    if (dropped > 0)
      this.notes.push(
        `It was started again at step ${step}; ${count(dropped, 'point', 'points')} recorded from there on before are left out, as TensorBoard does.`
      )
  }
}

/** One run: the event files of a folder, in the order of their names. `budget`: points that may still be read. Throws BadForeignError. */
export function tensorBoardRun(files: ForeignFiles, folder: string, paths: readonly string[], budget: { points: number }): ForeignRun {
  const reading = new Reading(budget)
  for (const path of paths) readFile(files, path, reading)
  const name = folder === '' ? files.name : folder
  const ended = [...reading.curves].map(([tag, curve]) => curve.ended(tag))
  const unsorted = ended.filter(({ wasSorted }) => !wasSorted).map(({ metric }) => metric)
  const notes = [...reading.notes]
  if (unsorted.length > 0) notes.push(`Steps go back in ${namesListed(unsorted)}: points were put in the order of their steps.`)
  if (reading.leftOut.size > 0)
    notes.push(
      `Left out, since only scalars are curves: ${[...reading.leftOut].map(([kind, values]) => `${kind} (${values})`).join(', ')}.`
    )
  const hasTime = Number.isFinite(reading.first)
  const pace = wallPaceOf(ended)
  return {
    source: 'tensorboard',
    key: createHash('sha256')
      .update(JSON.stringify([name.split('/').at(-1), paths[0].split('/').at(-1), hasTime ? reading.first : 0]))
      .digest('hex'),
    name,
    experiment: files.name,
    place: folder,
    parameters: reading.parameters,
    curves: ended.map(({ metric, steps, values }) => ({ metric, steps, values })),
    ...(!reading.curves.has('speed') && pace && { pace }),
    status: 'completed',
    startedAt: hasTime ? reading.first : 0,
    endedAt: hasTime ? reading.last : 0,
    troubles: reading.troubles,
    notes
  }
}

function readFile(files: ForeignFiles, path: string, reading: Reading): void {
  files.read(path, (source) => {
    const records = tfRecords(source, path)
    for (;;) {
      const { value, done } = records.next()
      if (done) {
        if (value)
          reading.troubles.push(
            value.why === 'half'
              ? `${path} ends within a record at byte ${value.at}: it was still being written, or was cut off. What comes before is here.`
              : `${path} is damaged at byte ${value.at}: the checksum does not match. What comes before is here, what follows is not.`
          )
        return
      }
      try {
        reading.event(value.bytes, path)
      } catch (error) {
        if (error instanceof ProtoFault) throw new BadForeignError(path, `at byte ${value.at} is not an event: ${error.message}`)
        throw error
      }
    }
  })
}
