import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { FileName, TransferId } from './transfers'

/** Where a command of the frame stands in the native menu; a command without one is in a menu of its page's name. */
export const MENU_PLACES = ['file', 'edit', 'go', 'view', 'help'] as const
export type MenuPlace = (typeof MENU_PLACES)[number]

const Label = z.string().min(1).max(200)

export const MenuCommand = z.object({
  id: z.string().max(100),
  label: Label,
  /** As the page writes it, e.g. `Mod+K`. */
  shortcut: z.string().max(40).optional(),
  enabled: z.boolean(),
  menu: z.enum(MENU_PLACES).optional()
})

/** The page's commands as a menu shows them, and what its menus are called. */
export const MenuContent = z.object({
  titles: z.record(z.enum(MENU_PLACES), Label),
  groups: z.array(z.object({ room: Label, commands: z.array(MenuCommand).max(200) })).max(30)
})
export type MenuContent = z.infer<typeof MenuContent>

/** A file someone chose, to be read as a transfer. */
export const ChosenFile = z.object({ transfer: TransferId, name: z.string(), bytes: z.number().int() })
export type ChosenFile = z.infer<typeof ChosenFile>

/** What the window's own frame asks of the page. The first event comes at once and is `ready`. */
export const DesktopEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('command'), id: z.string() }),
  z.object({ type: z.literal('file'), file: ChosenFile }),
  /** A file that was handed over cannot be read. */
  z.object({ type: z.literal('unreadable'), name: z.string(), reason: z.string() }),
  z.object({ type: z.literal('goTo'), path: z.string() }),
  /** The page before this one had crashed or did not answer any more. */
  z.object({ type: z.literal('reloaded'), why: z.enum(['crashed', 'hung']) })
])
export type DesktopEvent = z.infer<typeof DesktopEvent>

export const DesktopNotice = z.object({
  title: z.string().min(1).max(200),
  body: z.string().max(1000),
  /** Where a click on it leads. */
  path: z.string().max(500)
})
export type DesktopNotice = z.infer<typeof DesktopNotice>

/** The page is in no window of the program’s: a browser has means of its own. */
const NO_WINDOW = { NO_WINDOW: { status: 404 } } as const
const GONE = { GONE: { status: 404 } } as const
const REFUSED = { REFUSED: { status: 409, data: z.object({ reasons: z.array(z.string()) }) } } as const

/** What a page in the desktop window has beyond a browser's. */
export const desktop = {
  /** What the window has to tell its page: clicks in menus, files that were handed over, notices that were clicked. */
  events: oc.input(z.object({})).output(eventIterator(DesktopEvent)).errors(NO_WINDOW),
  /** Shows these commands as the native menu. */
  menu: oc.input(MenuContent).output(z.object({})).errors(NO_WINDOW),
  /** Shows how far training has come where the system shows such; absent: nothing trains. */
  progress: oc
    .input(z.object({ fraction: z.number().min(0).max(1).optional() }))
    .output(z.object({}))
    .errors(NO_WINDOW),
  /** Tells the user by the system's means, unless the window has the focus. */
  notify: oc
    .input(DesktopNotice)
    .output(z.object({ shown: z.boolean() }))
    .errors(NO_WINDOW),
  /** Asks for files by the system's dialog; none: it was dismissed. */
  choose: oc
    .input(z.object({}))
    .output(z.array(ChosenFile))
    .errors({ ...NO_WINDOW, ...REFUSED }),
  /** Asks where a transfer is to be kept, and keeps it there. */
  save: oc
    .input(z.object({ transfer: TransferId, name: FileName }))
    .output(z.object({ saved: z.boolean() }))
    .errors({ ...NO_WINDOW, ...GONE, ...REFUSED })
}
