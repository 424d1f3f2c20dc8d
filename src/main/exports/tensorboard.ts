import { scalarRecords, textEvent, tfRecord, versionEvent } from './tfevents'
import type { TrackedRun } from './tracked'

/** A file on its way out: its path below the folder asked for. */
export interface ExportedFile {
  path: string
  content: Uint8Array | string
}

/** One event file of a run: every point of every curve, its parameters as text, its evaluation at its last step. */
export function tensorBoardFile(run: TrackedRun): ExportedFile {
  const records: Uint8Array[] = []
  const began = run.at(0) / 1000
  const add = (event: Uint8Array) => void records.push(tfRecord(event))
  add(versionEvent(began))
  add(textEvent(began, 'parameters/text_summary', parameterTable(run)))
  const seconds = (step: number) => run.at(step) / 1000
  for (const { metric, steps, values } of run.curves) records.push(scalarRecords(metric, steps, values, seconds))
  for (const [name, value] of Object.entries(run.results))
    records.push(scalarRecords(`evaluation/${name}`, [run.row.learnSteps], [value], seconds))
  return { path: `${run.folder}/events.out.tfevents.${String(Math.floor(began)).padStart(10, '0')}.dmro-lab`, content: joined(records) }
}

function parameterTable({ parameters, unit }: TrackedRun): string {
  const rows = [['steps', unit], ...Object.entries(parameters)].map(([key, value]) => `| ${key} | ${value.replaceAll('|', '\\|')} |`)
  return ['| parameter | value |', '| --- | --- |', ...rows].join('\n')
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
