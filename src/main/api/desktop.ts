import { api } from './context'
import { refusal, transferOf } from './transfers'

const NO_WINDOW = { message: 'This page is not in a window of the program; the browser provides this itself.' }

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

export const desktopRoom = {
  events: api.desktop.events.handler(async function* ({ errors, signal, context: { lab } }) {
    if (!lab.window) throw errors.NO_WINDOW(NO_WINDOW)
    yield* lab.window.events.listen(signal)
  }),

  menu: api.desktop.menu.handler(({ input, errors, context: { lab } }) => {
    if (!lab.window) throw errors.NO_WINDOW(NO_WINDOW)
    lab.window.showMenu(input)
    return {}
  }),

  progress: api.desktop.progress.handler(({ input: { fraction }, errors, context: { lab } }) => {
    if (!lab.window) throw errors.NO_WINDOW(NO_WINDOW)
    lab.window.showProgress(fraction)
    return {}
  }),

  notify: api.desktop.notify.handler(({ input, errors, context: { lab } }) => {
    if (!lab.window) throw errors.NO_WINDOW(NO_WINDOW)
    return { shown: lab.window.notify(input) }
  }),

  choose: api.desktop.choose.handler(async ({ errors, context: { lab } }) => {
    if (!lab.window) throw errors.NO_WINDOW(NO_WINDOW)
    try {
      return await lab.window.choose()
    } catch (error) {
      throw errors.REFUSED(refusal(reasonOf(error)))
    }
  }),

  save: api.desktop.save.handler(async ({ input: { transfer: id, name }, errors, context: { lab } }) => {
    const { window } = lab
    if (!window) throw errors.NO_WINDOW(NO_WINDOW)
    const transfer = transferOf(lab, id, errors.GONE)
    try {
      return { saved: await transfer.use(() => window.save(transfer, name)) }
    } catch (error) {
      throw errors.REFUSED(refusal(reasonOf(error)))
    }
  })
}
