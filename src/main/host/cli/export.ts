import { existsSync, writeFileSync } from 'node:fs'
import { readScenario, recognise, writeScenario } from '@shared/formats'
import { GRAPH_FORMS, type GraphForm, topologyGraph, workflowGraph } from '@shared/formats/graph-out'
import { isGenerated } from '@shared/model/workload'
import { PRESETS, type PresetKind, presetOf } from '@shared/presets'
import { type Command, type Invocation, onlyArgument, textOf, UsageError } from './command'
import { accept, openDocument } from './documents'
import { note, printDocument, printJson } from './output'
import { resolveIds } from './runs'
import { withHistory } from './session'

/** A preset's document, or the scenario a run of the history was trained on. */
async function documentOf(invocation: Invocation, name: string): Promise<unknown> {
  const asked = textOf(invocation.options, 'as')
  const fitting = PRESETS.filter((preset) => preset.id === name)
  if (asked !== undefined && !PRESETS.some((preset) => preset.kind === asked))
    throw new UsageError('--as takes experiment, scenario, workload or topology')
  if (asked !== undefined && fitting.length > 0) {
    const document = presetOf(name, asked as PresetKind)
    if (document === undefined)
      throw new UsageError(`preset "${name}" is not a ${asked}; it is a ${fitting.map((preset) => preset.kind).join(' and a ')}`)
    return document
  }
  if (fitting.length > 0) return fitting[0].document
  if (existsSync(name)) return openDocument(name, invocation.home).value
  return withHistory(invocation, async (session) => writeScenario(session.lab.store.runs.spec(resolveIds(session, [name])[0]).scenario))
}

/** The topology of a document, or one of its workflows, as a graph. Throws UsageError, InputError. */
function graphOf(document: unknown, name: string, { options }: Invocation, form: GraphForm): string {
  const isOfWorkload = textOf(options, 'as') === 'workload' || textOf(options, 'workflow') !== undefined
  const scenario =
    recognise(document)?.id === 'scenario'
      ? accept(
          name,
          readScenario(document, (part, kind) => (typeof part === 'string' ? presetOf(part, kind as PresetKind) : undefined))
        )
      : undefined
  const format = recognise(document)
  const topology = scenario?.topology ?? (format?.readTopology && accept(name, format.readTopology(document)))
  if (!isOfWorkload && topology) return topologyGraph(topology, form)
  const workload = scenario?.workload ?? (format?.readWorkload && accept(name, format.readWorkload(document, {})))
  if (!workload) throw new UsageError(`"${name}" holds neither a topology nor workflows`)
  if (isGenerated(workload)) throw new UsageError(`"${name}" draws its workflows by a generator; there is none to write as a graph`)
  const asked = textOf(options, 'workflow')
  const workflow = asked === undefined ? workload.workflows[0] : workload.workflows.find(({ id }) => id === asked)
  if (!workflow)
    throw new UsageError(
      `"${name}" has no workflow "${asked}"; it has ${workload.workflows
        .slice(0, 5)
        .map(({ id }) => id)
        .join(', ')}`
    )
  return workflowGraph(workflow, form)
}

function formOf({ options }: Invocation): GraphForm | undefined {
  const asked = textOf(options, 'form')
  const form = GRAPH_FORMS.find((each) => each === asked)
  if (asked !== undefined && asked !== 'json' && form === undefined)
    throw new UsageError(`--form takes json, ${GRAPH_FORMS.join(', ')}, not "${asked}"`)
  return form
}

export const exportCommand: Command = {
  usage: 'export PRESET|RUN|FILE [--as KIND] [--form FORM] [--to FILE]',
  summary: 'a preset, or the scenario of a run, as a file to edit; a topology or a workflow as a graph for other tools',
  details: [
    '--as KIND      experiment, scenario, workload or topology, where a name has several',
    '--form FORM    json (the default), graphml or graphviz: of a scenario its topology, with --as workload its first workflow',
    '--workflow ID  of several workflows this one',
    '--to FILE      default: stdout'
  ].join('\n'),
  options: { as: { type: 'string' }, form: { type: 'string' }, workflow: { type: 'string' }, to: { type: 'string' } },
  async run(invocation) {
    const name = onlyArgument(invocation, 'PRESET, RUN or FILE')
    const form = formOf(invocation)
    const document = await documentOf(invocation, name)
    const to = textOf(invocation.options, 'to')
    if (form !== undefined) {
      const graph = graphOf(document, name, invocation, form)
      if (to === undefined) await printDocument(graph)
      else writeFileSync(to, graph)
      if (to !== undefined) note(`Written: ${to}`)
      return 0
    }
    if (to === undefined) await printJson(document)
    else {
      writeFileSync(to, `${JSON.stringify(document, null, 2)}\n`)
      note(`Written: ${to}`)
    }
    return 0
  }
}
