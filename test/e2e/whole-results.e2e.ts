import { areWhole } from './layout'
import { RESULT_VIEWS } from './views'

areWhole(RESULT_VIEWS)
