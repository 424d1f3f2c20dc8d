import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { drawChart } from '../src/shared/experiment/studies/draw'
import { STUDIES } from '../src/shared/experiment/studies'
import { figureSvg } from '../src/main/drawing/svg'
import { pngOf } from '../src/main/drawing/png'
it('draws', async () => {
  const study = STUDIES[0]
  const runs = [0.0001,0.001,0.01,0.1].flatMap((learningRate, k) => [1,2,3].map((seed) => ({ id: `${k}${seed}`, scenario: 's', energyWeight: 0.2, tasks: 10, algorithm: 'dmro', parameters: { learningRate }, seed, curves: { gap: { steps: Array.from({length:41},(_, i)=>i*50), values: Array.from({length:41},(_, i)=>0.6*Math.exp(-i*0.03*(k+1))+0.01*seed*(1+k)) } } })))
  const chart = drawChart(study.charts[0], runs)
  const svg = figureSvg(chart)
  writeFileSync('/tmp/st/a.svg', svg)
  writeFileSync('/tmp/st/a.png', await pngOf(svg))
  expect(svg).toContain('<svg')
})
