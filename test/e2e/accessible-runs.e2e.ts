import { areAccessible } from './accessible'
import { RUN_VIEWS } from './views'

areAccessible(RUN_VIEWS)
