/** Every term, in the order of the glossary: one meaning per word. `docs/glossary.md` is written from it by `npm run reference`. */
export const glossaryText = {
  glossary: {
    title: 'Glossary',
    search: 'Find a term',
    all: 'Glossary',
    none: 'No term matches.',
    means: (word: string) => `What “${word}” means`,
    terms: {
      afterValue: {
        word: 'after-value V',
        meaning: 'The value of the remaining workflow once a task is placed, which dmro-plus learns instead of Q.'
      },
      algorithm: {
        word: 'algorithm',
        meaning: 'A method that places workflows: one that learns, a heuristic, a fixed place or the optimum.'
      },
      attempt: {
        word: 'attempt',
        meaning: 'One training of a run without interruption; a resumed run begins its next attempt at its last checkpoint.'
      },
      batch: { word: 'batch B', meaning: 'The transitions each unit draws from replay for one learn step.' },
      bin: { word: 'bin', meaning: 'Where deleted things stay for 30 days, from which they can be restored.' },
      bundle: { word: 'bundle', meaning: 'One file (`.dmro`) that carries runs and library documents from one lab to another.' },
      chain: {
        word: 'chain',
        meaning: 'A workflow whose tasks follow one after another; costs, the optimum and training are defined for chains.'
      },
      checkpoint: {
        word: 'checkpoint',
        meaning: 'The exact state of a run at a learn step, or of a placing under way, from which it resumes to the same bits.'
      },
      coefficients: {
        word: 'coefficients',
        meaning: 'The numbers without units that state what an environment costs, compiled from its speeds, bandwidths, energies and δ.'
      },
      core: { word: 'core', meaning: "One of a node's processors under shared execution; each computes one task at a time." },
      cost: { word: 'cost Q', meaning: 'The weighted cost of a workflow, T/T_ref + δ · E/E_ref, eq. (9); lower is better.' },
      delay: { word: 'delay T', meaning: 'The seconds from the start of a workflow to the return of its result, eq. (5).' },
      delta: { word: 'δ', meaning: 'The weight of energy against delay in the cost.' },
      detection: {
        word: 'detection',
        meaning:
          "The outer model's decision that the world has changed, by exact coefficients (oracle) or by measured delays (`--observe`)."
      },
      draft: { word: 'draft', meaning: 'The unsaved edits of a document, kept by the program as they are made.' },
      energy: { word: 'energy E', meaning: 'The weighted joules a workflow takes, eq. (8).' },
      environment: {
        word: 'environment',
        meaning: 'One topology with its δ as a learner meets it; an environment set has several, or a continuous family around one.'
      },
      episode: { word: 'episode', meaning: 'One workflow placed from its first task to its last.' },
      epsilon: { word: 'ε', meaning: 'The probability of a random proposal while an algorithm explores.' },
      evaluation: {
        word: 'evaluation',
        meaning: 'Placing all held-out workflows with a policy and comparing their costs with the optimum.'
      },
      evaluations: {
        word: 'evaluations',
        meaning: 'Of a search: the placements of a workflow whose Q it has computed; its budget, and what its curves are drawn along.'
      },
      execution: {
        word: 'execution',
        meaning:
          "How a scenario's workflows are carried out: independent (nothing waits), shared (processors and links serve one thing at a time) or round-trip (each offloaded task uploads all of its input and returns all of its result)."
      },
      experiment: {
        word: 'experiment',
        meaning: 'A document that crosses scenarios, algorithms, parameters and seeds; each combination is a run.'
      },
      stepCost: { word: 'F', meaning: 'The cost of one step: placing one task, given the place of the task before it, eq. (14).' },
      flow: { word: 'flow', meaning: 'The data that travels from one task to the next, or between the device and its first or last task.' },
      group: { word: 'group', meaning: 'Runs that differ only in their seed; its figures are means over seeds with intervals.' },
      heldOut: { word: 'held-out', meaning: 'Said of workflows that are kept for the evaluation and never used in training.' },
      host: { word: 'host', meaning: 'What the program runs in: the desktop window, the web host (`lab serve`) or the command line.' },
      inSample: { word: 'in sample', meaning: 'Evaluated on the workflows that were trained on, since none was held out.' },
      interval: { word: 'interval', meaning: "The 95 % confidence interval of a mean over seeds, by Student's t." },
      places: { word: 'K', meaning: 'The number of places a task can run at: its own device, the edges and the clouds.' },
      learnStep: {
        word: 'learn step',
        meaning: 'One gradient step of every unit on one replay batch; of tolls, which have no gradient, one generation of candidates.'
      },
      lookAhead: { word: 'look-ahead', meaning: 'Placing each task by an exact plan over the next h tasks, without learning.' },
      discount: { word: 'μ', meaning: 'The discount: the weight of later tasks in the value that is learned.' },
      tasks: { word: 'N', meaning: 'The number of tasks of a workflow; for a scenario, of its longest.' },
      network: { word: 'network', meaning: 'A Q-network, the approximator of one unit.' },
      objective: { word: 'objective', meaning: 'The weights, scaling and return transfer that define the cost of a scenario.' },
      gap: { word: 'optimality gap', meaning: 'Q/Q* − 1: how far a cost is above the exact optimum, in per cent.' },
      outerModel: { word: 'outer model', meaning: 'The learner of ψ, which detects a changed world and restarts the inner model from ψ.' },
      p95: { word: 'p95', meaning: 'The 95th percentile: 95 % of the held-out workflows have at most this gap.' },
      page: { word: 'page', meaning: 'One view of the window with its own address, such as Runs or Topologies.' },
      place: { word: 'place', meaning: 'A device, edge or cloud as somewhere a task can run.' },
      placement: { word: 'placement', meaning: 'The choice of a place for every task of a workflow.' },
      playground: { word: 'playground', meaning: 'The page that runs a trained policy in a world that you change by hand.' },
      policy: {
        word: 'policy',
        meaning: 'Trained weights with a card that says what they were made for; it places workflows without further learning.'
      },
      preset: { word: 'preset', meaning: 'A topology, workload, scenario or experiment that comes with the lab.' },
      psi: { word: 'ψ', meaning: 'Meta-parameters: weights learned over an environment set, from which inner models start.' },
      optimum: { word: 'Q*', meaning: 'The cost of the exact optimum, computed by dynamic programming.' },
      recovery: { word: 'recovery', meaning: 'The learn steps after a change until the mean gap is at most 5 % again.' },
      references: {
        word: 'references T_ref, E_ref',
        meaning: "The mean local-only delay and energy of the scenario's own workflows, by which delay and energy are divided."
      },
      relay: { word: 'relay', meaning: 'A node that passes the data of others on.' },
      release: {
        word: 'release',
        meaning: 'The moment from which a workflow may run, in seconds from the zero of those released with it.'
      },
      repeat: {
        word: 'repeat',
        meaning: 'Another run of a seed that counts already; it is identical to the bit and does not count in n, intervals or tests.'
      },
      replay: { word: 'replay', meaning: 'The memory of earlier transitions or workflows that batches are drawn from.' },
      reward: { word: 'reward', meaning: "What a learner receives for a step: −F, or the paper's min–max over the units' proposals." },
      run: { word: 'run', meaning: 'One algorithm trained on one scenario with one seed, or its evaluation where it does not learn.' },
      units: { word: 's', meaning: 'The number of units of an algorithm.' },
      scenario: { word: 'scenario', meaning: 'A topology, a workload, an objective and an execution.' },
      schedule: { word: 'schedule', meaning: 'The workflows at which bandwidths or speeds of a world change, for `lab adapt`.' },
      seed: { word: 'seed', meaning: 'The number that all randomness of a run or a workload follows from.' },
      setting: { word: 'setting', meaning: "One combination of an algorithm's parameters in an experiment." },
      stream: {
        word: 'stream',
        meaning:
          'Workflows that share machines and are released over time, as one episode. Each is placed at its release, knowing nothing of later ones; the best known alone sees them all.'
      },
      study: { word: 'study', meaning: 'A figure of the paper, or a question beyond it, as runs, charts and verdicts on claims.' },
      sweep: { word: 'sweep', meaning: 'Several values of a parameter, each of which makes its own setting.' },
      targetNetwork: {
        word: 'target network',
        meaning: 'A frozen copy of a network that values next states, replaced every so many learn steps.'
      },
      task: { word: 'task', meaning: 'The smallest piece of a workflow that is placed, with its work in megacycles.' },
      tier: { word: 'tier', meaning: 'Device, edge or cloud.' },
      tierShare: { word: 'tier share', meaning: 'The share of tasks that run on each tier.' },
      toll: {
        word: 'toll',
        meaning:
          'What dmro-plus charges a plan on a stream beyond its own Q for cores and links that it leaves busy, by learned coefficients.'
      },
      topology: { word: 'topology', meaning: 'Devices, edges and clouds, and the links between them.' },
      trainingSeconds: {
        word: 'training seconds',
        meaning: 'The seconds a run took to learn; of seconds in which several runs learned side by side each counts its equal share.'
      },
      unit: { word: 'unit', meaning: 'One of the parallel Q-networks of an algorithm, with its own weights and batches.' },
      version: { word: 'version', meaning: 'A saved state of a document; saving adds one, none is overwritten.' },
      wallClock: { word: 'wall clock', meaning: 'The seconds that passed while a run trained, whatever else trained beside it.' },
      workflow: { word: 'workflow', meaning: 'Tasks and the flows between them, owned by one device.' },
      workload: { word: 'workload', meaning: 'The workflows of a scenario, listed or drawn by a generator.' },
      world: {
        word: 'world',
        meaning:
          "What decides a scenario's numbers: topology, workload, objective and execution without names; equal worlds give equal costs."
      }
    },
    /** What labels call a term, the more telling first: of a label that holds several the first is explained. */
    labels: [
      ['p95', 'p95'],
      ['held-out', 'heldOut'],
      ['in sample', 'inSample'],
      ['optimality gap', 'gap'],
      ['gaps', 'gap'],
      ['gap', 'gap'],
      ['tier share', 'tierShare'],
      ['exact matches', 'optimum'],
      ['Q*', 'optimum'],
      ['optimum', 'optimum'],
      ['cost Q', 'cost'],
      ['cost', 'cost'],
      ['delay', 'delay'],
      ['energy weight', 'delta'],
      ['energy', 'energy'],
      ['learn steps', 'learnStep'],
      ['learn step', 'learnStep'],
      ['look-ahead', 'lookAhead'],
      ['seeds', 'seed'],
      ['seed', 'seed'],
      ['ψ', 'psi'],
      ['δ', 'delta'],
      ['ε', 'epsilon'],
      ['discount', 'discount'],
      ['target copy', 'targetNetwork'],
      ['parallel networks', 'unit'],
      ['networks', 'network'],
      ['network', 'network'],
      ['units', 'unit'],
      ['unit', 'unit'],
      ['replay batch', 'batch'],
      ['memory pool', 'replay'],
      ['reward', 'reward'],
      ['recovery', 'recovery'],
      ['tasks per workflow', 'tasks'],
      ['passes data on', 'relay'],
      ['tier', 'tier'],
      ['placement', 'placement'],
      ['scenario', 'scenario'],
      ['algorithm', 'algorithm'],
      ['workflows', 'workflow'],
      ['workflow', 'workflow'],
      ['training time', 'trainingSeconds']
    ]
  }
}
