export const en = {
  title: 'Digits from noise',
  caption:
    'Twenty digits, two of each class unless you ask for one. Keep a noise, change one thing at a time, and compare.',
  sample: 'Sample',
  stop: 'Stop',
  network: 'Network',
  networks: { mnist: 'MNIST', digits: 'Drawn digits' },
  fetching: 'Fetching the network, 0.7 MB…',
  loaded: (parameters: string, backend: string) => `${parameters} parameters on ${backend}.`,
  drawn: (count: number, evaluations: number, twice: boolean, seconds: string, backend: string) =>
    `${count} digits in ${evaluations} evaluations${twice ? ' of two passes each' : ''}: ${seconds} s on ${backend}.`,
  empty: 'Press Sample. The network is fetched once, then everything runs here.',
};
export type SamplerWords = typeof en;
