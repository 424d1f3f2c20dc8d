import { areAccessible } from './accessible'
import { DESIGN_VIEWS } from './views'

areAccessible(DESIGN_VIEWS)
