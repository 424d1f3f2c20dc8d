import { apartTexts } from '@shared/run/versionedLabels'
import { StoreError, UnknownDocumentError, UnknownRunError } from '../store'
import { api } from './context'

export const lineageRoom = {
  near: api.lineage.near.handler(({ input, errors, context: { lab } }) => {
    const { lineages } = lab.store
    try {
      return 'run' in input ? lineages.ofRun(input.run) : lineages.ofDocument(input.document)
    } catch (error) {
      if (error instanceof UnknownDocumentError || error instanceof UnknownRunError)
        throw errors.NOT_FOUND({ message: error.message, data: { ids: [error.id] } })
      throw error
    }
  }),

  apart: api.lineage.apart.handler(({ input: { scenarios: asked }, context: { lab } }) => {
    const found = asked.flatMap((id) => {
      try {
        return [{ id, scenario: lab.store.scenarios.get(id) }]
      } catch (error) {
        if (error instanceof StoreError) return []
        throw error
      }
    })
    const texts = apartTexts(found.map(({ scenario }) => scenario))
    return found.map(({ id }, i) => ({ scenario: id, text: texts[i] }))
  })
}
