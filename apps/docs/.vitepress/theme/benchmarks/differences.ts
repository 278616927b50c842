// In what the peers of a run do other work than we do, in words: of the peers that took part, and of no others.
import type { Report } from '@jogak/bench/report';

const families = {
  pytorch: { title: 'PyTorch', peers: ['pytorch'] },
  jax: { title: 'JAX', peers: ['jax'] },
  keras: { title: 'Keras', peers: ['keras-jax', 'keras-tensorflow'] },
  tfjs: { title: 'tfjs-layers', peers: ['tfjs-cpu', 'tfjs-wasm'] },
  jaxJs: { title: 'jax-js', peers: ['jax-js'] },
} as const;

type Family = keyof typeof families;

const listed = new Intl.ListFormat('en-GB');

/** Sentences for the page, each about peers that at least one workload of the run was measured on. */
export function differences({ workloads }: Pick<Report, 'workloads'>): string[] {
  const measured = new Set(workloads.flatMap(({ peers }) => peers.flatMap(result => ('seconds' in result ? [result.peer] : []))));
  const present = (...asked: Family[]): Family[] => asked.filter(family => families[family].peers.some(peer => measured.has(peer)));
  /** `JAX multiplies`, `PyTorch and JAX multiply`; null of nobody. */
  const say = (asked: Family[], one: string, many: string): string | null => {
    const found = present(...asked);
    if (found.length === 0) return null;
    return `${listed.format(found.map(family => families[family].title))} ${found.length === 1 ? one : many}`;
  };
  const sentence = (start: string, rest: string | null): string[] => (rest === null ? [] : [`${start}${rest}.`]);
  const half = workloads.some(({ name }) => name === 'recurrent-network')
    ? [
        say(['pytorch', 'jax'], 'does so here, too', 'do so here, too'),
        say(['tfjs', 'keras'], 'follows them through all', 'follow them through all'),
      ].filter(words => words !== null)
    : [];
  return [
    ...sentence('', say(['pytorch', 'jax', 'keras'], 'has the better of one thread and all', 'each have the better of one thread and all')),
    ...sentence(
      'Jogak finds out that inputs are one-hot and gathers what they pick; ',
      say(['pytorch', 'jax', 'keras'], 'multiplies with them', 'multiply with them'),
    ),
    ...sentence('', say(['tfjs'], 'goes through the steps of a sequence one by one, without a fused recurrent op', '')),
    ...sentence('On recurrent-network, Jogak follows errors back through ten steps; ', half.length > 0 ? half.join('; ') : null),
    ...sentence(
      '',
      say(['jax'], 'compiles a whole epoch into one scan, whose batches have one shape: the last, smaller one is left out', ''),
    ),
    ...sentence(
      '',
      say(
        ['jaxJs'],
        'has one thread in Node, takes its batches in one order, and has no scan, so that recurrent networks are left out',
        '',
      ),
    ),
  ];
}
