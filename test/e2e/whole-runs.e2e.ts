import { areWhole } from './layout'
import { RUN_VIEWS } from './views'

areWhole(RUN_VIEWS)
