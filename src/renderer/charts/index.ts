import { costChart } from './cost'
import { epsilonChart, learningRateChart } from './exploration'
import { gapChart } from './gap'
import { lossChart } from './loss'
import { rewardChart } from './reward'

/** Every kind of curve chart, in the order they are offered. A new one is a file and a line here. */
export const CHARTS = [gapChart, costChart, lossChart, rewardChart, epsilonChart, learningRateChart] as const
