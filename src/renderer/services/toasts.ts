import { shallowRef } from 'vue'

export interface Toast {
  id: number
  message: string
  kind: 'info' | 'error'
  action?: { label: string; key?: string; run(): void }
}

const SECONDS = { info: 5, error: 12, undo: 10 } as const

const shownToasts = shallowRef<readonly Toast[]>([])
const timers = new Map<number, ReturnType<typeof setTimeout>>()
let last = 0

export const toasts = shownToasts

export function closeToast(id: number): void {
  clearTimeout(timers.get(id))
  timers.delete(id)
  shownToasts.value = shownToasts.value.filter((toast) => toast.id !== id)
}

/** Says something at the bottom of the window for a while; with an action, for as long as an undo may be wanted. */
export function say(message: string, options: { kind?: Toast['kind']; action?: Toast['action'] } = {}): number {
  last += 1
  const id = last
  const kind = options.kind ?? 'info'
  shownToasts.value = [...shownToasts.value.slice(-2), { id, message, kind, action: options.action }]
  timers.set(
    id,
    setTimeout(() => closeToast(id), (options.action ? SECONDS.undo : SECONDS[kind]) * 1000)
  )
  return id
}

/** Whether there is something to undo. */
export function canUndo(): boolean {
  return shownToasts.value.some((toast) => toast.action)
}

/** Runs the action of the newest message that has one, as Ctrl+Z does. */
export function undoLatest(): boolean {
  const toast = shownToasts.value.findLast((candidate) => candidate.action)
  if (!toast?.action) return false
  closeToast(toast.id)
  toast.action.run()
  return true
}
