import { count } from '@shared/format'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { PAPER_FIGURES, STUDIES } from '../../studies/definitions'
import { verdictText } from '@shared/studies/study'
import type { Study, Variant } from '@shared/studies/study'
import { reportedStudy, studyOf } from '../../api/studies'
import { fileName, studyFiles } from '../../studies/files'
import { type ReportedStudy, resultsMarkdown } from '../../studies/report'
import { pointsMarkdown } from '../../studies/tables'
import { type Command, type Invocation, onlyArgument, textOf, UsageError, wholeOf } from './command'
import { note, print, printJson } from './output'
import { type Session, withHistory, withLab } from './session'
import { onStop, reportTroubles, watchRuns } from './watch'

const ALL = 'all'
const RESULTS = 'results'
const FOLDER = 'studies'

function studiesNamed(name: string): readonly Study[] {
  if (name === ALL) return PAPER_FIGURES
  const study = studyOf(name)
  if (!study)
    throw new UsageError(`unknown study "${name}"; the studies are ${STUDIES.map(({ id }) => id).join(', ')}, ${ALL} and ${RESULTS}`)
  return [study]
}

/** Runs what is missing of the studies, stage by stage, until nothing is left or something stops. True where all ended. */
async function runStudies(session: Session, studies: readonly Study[], variant: Variant, signal: AbortSignal): Promise<boolean> {
  const ids = studies.map(({ id }) => id)
  const without = studies.find((study) => session.lab.studies.progress(study, variant).runs === 0)
  if (without) throw new UsageError(`${without.id}: the history has no scenario that this study is about. ${without.setting}`)
  const watched = new Set<string>()
  while (!signal.aborted) {
    const { runs } = await session.client.studies.start({ ids, variant })
    const waiting = runs.filter((id) => !watched.has(id))
    if (waiting.length === 0) break
    for (const id of waiting) watched.add(id)
    note(
      `${studies.map(({ figure }) => figure).join(', ')}: ${count(runs.length, 'run', 'runs')} under way, kept in ${session.lab.store.home}`
    )
    await watchRuns(session, runs, signal)
    const rows = session.lab.store.runs.rows(runs)
    reportTroubles(rows)
    if (rows.some(({ status }) => status !== 'completed' && status !== 'diverged')) break
  }
  return studies.every((study) => {
    const { done, runs } = session.lab.studies.progress(study, variant)
    return done === runs
  })
}

async function writeStudy(reported: ReportedStudy, folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  const files = await studyFiles(reported)
  return [...files].map(([name, bytes]) => {
    const path = join(folder, name)
    writeFileSync(path, bytes)
    return path
  })
}

const jsonOf = ({ study, variant, progress, result }: ReportedStudy, files: readonly string[]) => ({
  id: study.id,
  variant,
  ...progress,
  verdict: result.verdict,
  ...(result.sketch && { sketch: result.sketch }),
  here: result.here ?? null,
  claims: result.claims,
  points: result.points,
  files
})

async function tell({ study, progress, result }: ReportedStudy): Promise<void> {
  await print(
    `${study.figure}, ${study.title}: ${verdictText(result.verdict, result.sketch)} (${progress.done} of ${count(progress.runs, 'run', 'runs')})`
  )
  for (const { paper, text, verdict } of result.claims) await print(`  ${verdictText(verdict, result.sketch)}: ${paper}\n      ${text}`)
  await print(`\n${pointsMarkdown(result.points)}\n`)
}

/** The machine most of the runs were trained on, in words. */
function machineOf({ lab }: Session, studies: readonly ReportedStudy[]): string {
  const counts = new Map<string, number>()
  for (const id of studies.flatMap(({ result }) => result.points.flatMap(({ runs }) => runs.slice(0, 1)))) {
    const machine = lab.store.runs.machine(id)
    if (!machine) continue
    const words = `${machine.cpu}, ${machine.backend} ${machine.library}, tfjs ${machine.tfjs}, Node ${machine.node}, DMRO Lab ${machine.app}`
    counts.set(words, (counts.get(words) ?? 0) + 1)
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most?.[0] ?? 'no machine yet'
}

async function writeResults(invocation: Invocation): Promise<number> {
  const to = textOf(invocation.options, 'to') ?? 'RESULTS.md'
  const folder = textOf(invocation.options, 'figures') ?? join(dirname(to), 'docs', 'studies')
  const variant: Variant = invocation.options.quick === true ? 'quick' : 'full'
  return withHistory(invocation, async (session) => {
    const studies = STUDIES.map((study) => reportedStudy(session.lab, study, variant))
    const files: string[] = []
    for (const reported of studies) if (reported.result.points.length > 0) files.push(...(await writeStudy(reported, folder)))
    const picture = (id: string, chart: string) => {
      const reported = studies.find(({ study }) => study.id === id)
      const path = relative(dirname(to), join(folder, reported ? fileName(reported, chart, 'svg') : ''))
      return path.replaceAll('\\', '/')
    }
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, resultsMarkdown(studies, machineOf(session, studies), picture))
    for (const { study, progress } of studies)
      if (progress.done < progress.runs)
        note(
          `${study.figure} is not complete: ${progress.done} of ${count(progress.runs, 'run', 'runs')}. Run it with: lab study ${study.id}`
        )
    if (invocation.json) await printJson({ results: to, studies: studies.map((reported) => jsonOf(reported, [])), files })
    else note(`Written: ${to} and ${count(files.length, 'file', 'files')} in ${folder}`)
    return studies.every(({ progress }) => progress.done === progress.runs) ? 0 : 1
  })
}

export const studyCommand: Command = {
  usage: 'study fig4|…|fig9|all|sizes|one-policy|graphs|time|contention|psi|mrlco|rivals|budget|results [--quick] [--to DIR]',
  summary: 'a figure of the paper, or a study beyond it: train what is missing, draw it, judge its claims',
  details: [
    'all            the six figures of the paper',
    '--quick        few seeds, short runs: minutes instead of hours',
    `--to DIR       where SVG, PNG, CSV and Markdown go; default: ${FOLDER}`,
    '--parallel N   runs that train at the same time; default: the cores',
    '',
    'A stopped study resumes where it was: finished runs are found by scenario, algorithm, parameters and seed.',
    '',
    'study results [--to RESULTS.md] [--figures DIR]   all figures from stored runs, in one document; nothing is trained'
  ].join('\n'),
  options: {
    quick: { type: 'boolean' },
    to: { type: 'string' },
    figures: { type: 'string' },
    parallel: { type: 'string' }
  },
  async run(invocation) {
    const name = onlyArgument(invocation, 'a study, such as fig4,')
    if (name === RESULTS) return writeResults(invocation)
    if (textOf(invocation.options, 'figures') !== undefined) throw new UsageError('--figures is for "study results"')
    const studies = studiesNamed(name)
    const variant: Variant = invocation.options.quick === true ? 'quick' : 'full'
    const folder = textOf(invocation.options, 'to') ?? FOLDER
    const parallel = wholeOf(invocation.options, 'parallel', 1, 256)
    const stop = onStop()
    try {
      return await withLab({ ...invocation, parallel }, async (session) => {
        const isComplete = await runStudies(session, studies, variant, stop.signal)
        if (stop.signal.aborted) {
          note('Stopped. The same command resumes from here.')
          return 1
        }
        const told = []
        for (const study of studies) {
          const reported = reportedStudy(session.lab, study, variant)
          const files = await writeStudy(reported, folder)
          told.push(jsonOf(reported, files))
          if (!invocation.json) await tell(reported)
          note(`Written: ${files.join(', ')}`)
        }
        if (invocation.json) await printJson({ studies: told })
        return isComplete ? 0 : 1
      })
    } finally {
      stop.release()
    }
  }
}
