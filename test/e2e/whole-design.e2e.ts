import { areWhole } from './layout'
import { DESIGN_VIEWS } from './views'

areWhole(DESIGN_VIEWS)
