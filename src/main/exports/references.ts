import { CITED } from '../algorithms/cited'

/** What is cited where an algorithm or a world is used: entries of BibTeX, by the key they are cited under. */
const ENTRIES: Readonly<Record<string, string>> = {
  qu2021dmro: `@article{qu2021dmro,
  author = {Qu, Guanjin and Wu, Huaming and Li, Ruidong and Jiao, Pengfei},
  title = {{DMRO}: A Deep Meta Reinforcement Learning-Based Task Offloading Framework for Edge-Cloud Computing},
  journal = {IEEE Transactions on Network and Service Management},
  volume = {18},
  number = {3},
  pages = {3448--3459},
  year = {2021}
}`,
  mnih2015human: `@article{mnih2015human,
  author = {Mnih, Volodymyr and Kavukcuoglu, Koray and Silver, David and others},
  title = {Human-level control through deep reinforcement learning},
  journal = {Nature},
  volume = {518},
  pages = {529--533},
  year = {2015}
}`,
  vanhasselt2016deep: `@inproceedings{vanhasselt2016deep,
  author = {van Hasselt, Hado and Guez, Arthur and Silver, David},
  title = {Deep Reinforcement Learning with Double {Q}-Learning},
  booktitle = {Proceedings of the AAAI Conference on Artificial Intelligence},
  year = {2016}
}`,
  wang2016dueling: `@inproceedings{wang2016dueling,
  author = {Wang, Ziyu and Schaul, Tom and Hessel, Matteo and van Hasselt, Hado and Lanctot, Marc and de Freitas, Nando},
  title = {Dueling Network Architectures for Deep Reinforcement Learning},
  booktitle = {Proceedings of the 33rd International Conference on Machine Learning},
  year = {2016}
}`,
  finn2017model: `@inproceedings{finn2017model,
  author = {Finn, Chelsea and Abbeel, Pieter and Levine, Sergey},
  title = {Model-Agnostic Meta-Learning for Fast Adaptation of Deep Networks},
  booktitle = {Proceedings of the 34th International Conference on Machine Learning},
  year = {2017}
}`,
  nichol2018first: `@article{nichol2018first,
  author = {Nichol, Alex and Achiam, Joshua and Schulman, John},
  title = {On First-Order Meta-Learning Algorithms},
  journal = {arXiv preprint arXiv:1803.02999},
  year = {2018}
}`,
  kirkpatrick1983optimization: `@article{kirkpatrick1983optimization,
  author = {Kirkpatrick, Scott and Gelatt, C. Daniel and Vecchi, Mario P.},
  title = {Optimization by Simulated Annealing},
  journal = {Science},
  volume = {220},
  number = {4598},
  pages = {671--680},
  year = {1983}
}`,
  voss2005looking: `@article{voss2005looking,
  author = {Vo{\\ss}, Stefan and Fink, Andreas and Duin, Cees},
  title = {Looking Ahead with the Pilot Method},
  journal = {Annals of Operations Research},
  volume = {136},
  pages = {285--302},
  year = {2005}
}`,
  topcuoglu2002performance: `@article{topcuoglu2002performance,
  author = {Topcuoglu, Haluk and Hariri, Salim and Wu, Min-You},
  title = {Performance-Effective and Low-Complexity Task Scheduling for Heterogeneous Computing},
  journal = {IEEE Transactions on Parallel and Distributed Systems},
  volume = {13},
  number = {3},
  pages = {260--274},
  year = {2002}
}`,
  arabnejad2014list: `@article{arabnejad2014list,
  author = {Arabnejad, Hamid and Barbosa, Jorge G.},
  title = {List Scheduling Algorithm for Heterogeneous Systems by an Optimistic Cost Table},
  journal = {IEEE Transactions on Parallel and Distributed Systems},
  volume = {25},
  number = {3},
  pages = {682--694},
  year = {2014}
}`,
  schulman2017proximal: `@article{schulman2017proximal,
  author = {Schulman, John and Wolski, Filip and Dhariwal, Prafulla and Radford, Alec and Klimov, Oleg},
  title = {Proximal Policy Optimization Algorithms},
  journal = {arXiv preprint arXiv:1707.06347},
  year = {2017}
}`,
  huang2020deep: `@article{huang2020deep,
  author = {Huang, Liang and Bi, Suzhi and Zhang, Ying-Jun Angela},
  title = {Deep Reinforcement Learning for Online Computation Offloading in Wireless Powered Mobile-Edge Computing Networks},
  journal = {IEEE Transactions on Mobile Computing},
  volume = {19},
  number = {11},
  pages = {2581--2593},
  year = {2020}
}`,
  wang2021fast: `@article{wang2021fast,
  author = {Wang, Jin and Hu, Jia and Min, Geyong and Zomaya, Albert Y. and Georgalas, Nektarios},
  title = {Fast Adaptive Task Offloading in Edge Computing Based on Meta Reinforcement Learning},
  journal = {IEEE Transactions on Parallel and Distributed Systems},
  volume = {32},
  number = {1},
  pages = {242--253},
  year = {2021}
}`
}

/** Keys of what runs of these algorithms and worlds rest on; the paper's model is behind every one but round trips, which are MRLCO's. */
export function citedBy(algorithms: readonly string[], executions: readonly string[]): string[] {
  const worlds = executions.map((execution) => (execution === 'round-trip' ? 'wang2021fast' : 'qu2021dmro'))
  return [...new Set([...worlds, ...algorithms.flatMap((algorithm) => CITED[algorithm] ?? [])])]
}

export const bibtexOf = (keys: readonly string[]): string => `${keys.map((key) => ENTRIES[key]).join('\n\n')}\n`
