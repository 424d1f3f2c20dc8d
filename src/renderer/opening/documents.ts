import '../services/schemas'
import type { DocumentKind } from '@shared/contract/library'
import { gatherWorkload, readTopology, stemOf, writeWorkload } from '@shared/formats'
import { isGenerated, type Workload } from '@shared/model/workload'
import { PRESETS } from '@shared/presets'
import { freshDocumentId } from '../services/library'
import { say } from '../services/toasts'
import { planOf, STARTING_PLAN } from '../experiment/plan'
import { drawingOf } from '../topology/drawing'
import { freeName } from '../topology/edit'
import { placed } from '../topology/layout'
import { text } from '../ui/text'
import type { GivenFile } from '../services/files'
import type { Opener, Room } from './offer'

const does = text.opening.does

const nameIn = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' && value.name.trim() !== ''
    ? value.name
    : undefined

/** Names that a new document of one kind must not take. */
async function takenNames({ client }: Pick<Room, 'client'>, kind: DocumentKind): Promise<Set<string>> {
  const [documents, drafts] = await Promise.all([client.library.list({ kind }), client.library.drafts({ kind })])
  const presets = PRESETS.filter((preset) => preset.kind === kind).map((preset) => preset.id)
  return new Set([...presets, ...documents.map((card) => card.name), ...drafts.map((draft) => draft.name)])
}

/** Opens content as edits that were never saved. */
async function begin({ client, router }: Room, kind: DocumentKind, route: string, content: { name: string }): Promise<void> {
  const id = freshDocumentId()
  await client.library.keepDraft({ id, kind, name: content.name.slice(0, 200), content })
  await router.push({ name: route, params: { id } })
}

const openTopology: Opener = ({ value }, file, room) => {
  const drawing = placed(drawingOf(value))
  const name = drawing.name || stemOf(file.name)
  const read = readTopology(value)
  const says = does.topology(name, drawing.nodes.length, drawing.links.length)
  return {
    says: read.ok ? says : `${says} ${text.opening.withFaults(read.faults.length)}`,
    open: async () => begin(room, 'topology', 'topology', { ...drawing, name: freeName(await takenNames(room, 'topology'), name) })
  }
}

const openWorkload: Opener = ({ value, title, workload }, file, room) => {
  if (!workload) return { faults: [{ path: '', message: text.workloads.noWorkload(title) }] }
  const workflows = isGenerated(workload) ? 0 : workload.workflows.length
  return {
    says: does.workload(workload.name, workflows, title),
    ...(workflows > 0 && { workload }),
    open: async () => {
      const { client, router } = room
      const name = freeName(await takenNames(room, 'workload'), workload.name)
      const content = { ...(value as object), name }
      const card = await client.library.save({ kind: 'workload', name, content, note: file.name.slice(0, 200) })
      say(text.workloads.imported(card.name, workflows))
      await router.push({ name: 'workload', params: { id: card.id } })
    }
  }
}

const openExperiment: Opener = ({ value }, file, room) => {
  const plan = planOf(value, stemOf(file.name))
  return { says: does.experiment(plan.name), open: () => begin(room, 'experiment', 'plan', plan) }
}

const openScenario: Opener = ({ value }, file, room) => {
  const name = nameIn(value) ?? stemOf(file.name)
  // A plan holds scenarios as documents; one without a name could not be told from others.
  const scenario = { ...(value as { format: string }), name }
  const plan = { ...planOf({ ...STARTING_PLAN, scenarios: [scenario] }, name), name }
  return { says: does.scenario(name), open: () => begin(room, 'experiment', 'plan', plan) }
}

const openEnvironments: Opener = ({ value }, file, room) => {
  const wish = nameIn(value) ?? stemOf(file.name)
  return {
    says: does.environments(wish),
    open: async () => {
      const name = freeName(await takenNames(room, 'environments'), wish)
      const card = await room.client.library.save({ kind: 'environments', name, content: value, note: file.name.slice(0, 200) })
      say(text.opening.kept(card.name))
    }
  }
}

/** Adds the workflows of several files to the library as one workload. Throws what keeps them from being one. */
export async function openTogether(
  files: readonly { file: string; workload: Workload }[],
  room: Pick<Room, 'client' | 'router'>
): Promise<void> {
  const gathered = gatherWorkload(files, text.opening.together(files.length))
  if (!gathered.ok)
    throw new Error(
      gathered.faults
        .map(({ path, message }) => text.opening.fault(path, message))
        .slice(0, 3)
        .join('; ')
    )
  const name = freeName(await takenNames(room, 'workload'), gathered.value.name)
  const content = { ...writeWorkload(gathered.value), name }
  const card = await room.client.library.save({
    kind: 'workload',
    name,
    content,
    note: files
      .map(({ file }) => file)
      .join(', ')
      .slice(0, 200)
  })
  say(text.workloads.imported(card.name, gathered.value.workflows.length))
  await room.router.push({ name: 'workload', params: { id: card.id } })
}

/** How documents are opened, by the ids of our own formats, in which those of others come. What is not here has no page in the window. */
export const OPENERS: Readonly<Record<string, Opener>> = {
  topology: openTopology,
  workload: openWorkload,
  experiment: openExperiment,
  scenario: openScenario,
  environments: openEnvironments
}

export function offerPolicy(file: GivenFile, head: { places: number; tasks: number }, { client, router }: Room) {
  const wish = stemOf(file.name).slice(0, 90)
  return {
    says: does.policy(wish, head.places, head.tasks),
    open: async () => {
      const name = freeName(new Set((await client.policies.list({})).map((policy) => policy.name)), wish)
      const kept = await client.policies.keep({ name, note: file.name.slice(0, 200), from: { bytes: await file.content() } })
      say(text.opening.kept(kept.name))
      await router.push({ name: 'playground' })
    }
  }
}
