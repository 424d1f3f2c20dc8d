import { api } from './context'

export const viewsRoom = {
  list: api.views.list.handler(({ context: { lab } }) => ({ views: lab.store.views.list(), last: lab.store.views.last() })),

  save: api.views.save.handler(({ input: { name, state }, errors, context: { lab } }) => {
    if (lab.store.readOnly !== undefined) throw errors.REFUSED({ message: lab.store.readOnly, data: { reasons: [lab.store.readOnly] } })
    return lab.store.views.save(name, state, Date.now())
  }),

  remove: api.views.remove.handler(({ input: { id }, errors, context: { lab } }) => {
    if (lab.store.readOnly !== undefined) throw errors.REFUSED({ message: lab.store.readOnly, data: { reasons: [lab.store.readOnly] } })
    if (!lab.store.views.remove(id, lab.now())) throw errors.NOT_FOUND({ message: 'This view does not exist.' })
    lab.notices.tell({ bin: true })
    return { bin: `view-${id}` }
  }),

  keepLast: api.views.keepLast.handler(({ input: { state }, errors, context: { lab } }) => {
    if (lab.store.readOnly !== undefined) throw errors.REFUSED({ message: lab.store.readOnly, data: { reasons: [lab.store.readOnly] } })
    lab.store.views.keepLast(state)
    return {}
  })
}
