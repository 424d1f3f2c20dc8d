import { areAccessible } from './accessible'
import { RESULT_VIEWS } from './views'

areAccessible(RESULT_VIEWS)
