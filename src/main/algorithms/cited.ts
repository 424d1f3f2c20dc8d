/** The keys under which exports cite what an algorithm is after (exports/references.ts); none where its card names nothing published. */
export const CITED: Readonly<Record<string, readonly string[]>> = {
  dmro: ['qu2021dmro'],
  'dmro-plus': ['qu2021dmro'],
  'outer-model': ['qu2021dmro'],
  dqn: ['mnih2015human'],
  'double-dqn': ['vanhasselt2016deep'],
  'dueling-dqn': ['wang2016dueling'],
  fomaml: ['finn2017model'],
  reptile: ['nichol2018first'],
  annealing: ['kirkpatrick1983optimization'],
  pilot: ['voss2005looking'],
  heft: ['topcuoglu2002performance'],
  cpop: ['topcuoglu2002performance'],
  peft: ['arabnejad2014list'],
  ppo: ['schulman2017proximal'],
  droo: ['huang2020deep']
}
