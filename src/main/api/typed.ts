import { api } from './context'
import { assertNotReadOnly, refusedWrite, type WriteRefusals } from './writing'

function writing<T>(errors: WriteRefusals, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw refusedWrite(errors, error)
  }
}

export const typedRoom = {
  list: api.typed.list.handler(({ context: { lab } }) => lab.store.typed.list()),

  get: api.typed.get.handler(({ input: { field }, context: { lab } }) => lab.store.typed.get(field) ?? null),

  keep: api.typed.keep.handler(({ input, errors, context: { lab } }) =>
    writing(errors, () => {
      assertNotReadOnly(lab.store)
      const text = lab.store.typed.put(input, Date.now())
      lab.notices.tell({ typed: [text.field] })
      return text
    })
  ),

  drop: api.typed.drop.handler(({ input: { field, revision }, errors, context: { lab } }) =>
    writing(errors, () => {
      assertNotReadOnly(lab.store)
      const dropped = lab.store.typed.drop(field, revision)
      if (dropped) lab.notices.tell({ typed: [field] })
      return { dropped }
    })
  )
}
