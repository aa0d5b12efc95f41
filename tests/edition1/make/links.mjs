/** Addresses with every parameter away from its default, and what their pages show, in the words of a screen reader. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { chromium as launcher } from 'playwright-core';
import { chromium } from '../../../scripts/browser.mjs';

const KNOTS = '8,3,1,-1,-3,-6,-9';

/** Widget → its parameters. */
const WIDGETS = {
  ink: [
    'image=four&pixels=6&t=120&shrink=0',
    'image=digit&digit=5&hand=7&t=12',
    'image=draw&drawing=QQSSUUWWYY.YQWSUUSWQY',
  ],
  bell: ['mean=0.7&deviation=1.5'],
  'forward-chain': [
    'image=four&pixels=5&T=8&kind=linear&t=4&mistake=1&seed=12',
    'image=digit&digit=7&hand=3&T=40&kind=quadratic&scale=2&t=25',
    'T=3&betas=0.1,0.3,0.6&t=2',
  ],
  'any-step': ['image=digit&digit=4&hand=9&kind=cosine&T=60&t=33&seed=5'],
  'noise-budget': ['kind=sigmoidBeta&T=50&t=20'],
  schedules: [`T=400&t=77&shown=91&knots=${KNOTS}`],
  network: ['config=deep&layer=4'],
  'time-embedding': ['time.t=77'],
  'four-pixels': ['four.betas=0.2,0.4,0.5&four.data=two&four.w=0.3&four.image=6'],
  'why-two-fails': ['fails.w=0.25&fails.schedule=cosine'],
  'learned-vs-exact': ['learned.chain=linear100&learned.data=two'],
  'shape-trace': [
    'trace.size=2&trace.levels=2&trace.time=intColumn&trace.broadcast=1&trace.mended=1',
  ],
  'bug-lab': ['bug.round=17'],
  reverse: ['schedule=linear&T=50&alphaBar=0.4&xt=0.8'],
  posterior: ['schedule=cosine&T=30&t=9&x0=-0.5&xt=0.75'],
  kl: ['mean=0.4&variance=0.6&white=0.7'],
  ledger: [
    'data=two&weight=0.3&schedule=linear&T=20&variance=betaTilde&decoder=discretized&first=betaTilde2&unit=nats',
  ],
  model: ['width=beta&of=tiny&first=betaTilde2&data=bars'],
  converter: ['schedule=linear&t=321&xt=0.6&held=v&value=0.25'],
  weights: ['schedule=cosine&T=300&t=120&on=v&show=minSnr,p2&scaled=1&logT=0'],
  heat: ['data=bars&prediction=v&weighting=minSnr'],
  'variance-mistake': ['variance.schedule=sigmoidAlphaBar&variance.mistake=noShrink'],
  trainer: ['dataset=bars&prediction=x0'],
  sampler: [
    'network=digits&kind=ddpm&variance=beta&steps=40&seed=9&class=3&guidance=2.5',
    'kind=ddim&eta=0.5&steps=12&seed=123456',
  ],
  exact: ['data=bars&kind=ddim&eta=0.4&steps=25&seed=11', 'kind=ddpm&variance=beta'],
};

/** `t=3` of the widget `ink` is `ink.t=3`; where a widget's parameters bear another name, they are written whole. */
export const queryOf = (widget, query) =>
  query
    .split('&')
    .map((part) => (part.split('=')[0].includes('.') ? part : `${widget}.${part}`))
    .join('&');

const LABS = [
  'dataset=bars&backend=wasm&kernels=stock&seed=77&steps=123&base=24&multipliers=1,4&prediction=x0&schedule=linear&T=50&lr=0.0012345678912345&batch=33&ema=0.991&weighting=minSnr&sampler=ddpm&variance=beta&sampleSteps=20&sampleSeed=5&clip=0',
  'dataset=drawn&backend=cpu&drawn=2002-0220-1212-0101&base=12&multipliers=2&prediction=epsilon&schedule=sigmoidBeta&weighting=elboBeta&sampler=ddim&eta=0.25&sampleSteps=10',
  'dataset=points&backend=webgl&width=128&layers=2&prediction=v&schedule=scaledLinear&weighting=truncatedSnr&sampleSeed=fresh&steps=0',
  'dataset=digits&backend=webgpu&conditional=1&base=8&multipliers=1,2,4&prediction=epsilon&schedule=quadratic&weighting=p2&guidance=2.5&label=7',
  'dataset=mnist&conditional=1&schedule=sigmoidAlphaBar&weighting=velocity&guidance=0.5&label=-1&prediction=v',
  'dataset=fashion&weighting=epsilon&prediction=epsilon&T=400&seed=9007199254740991',
  'dataset=two&weighting=x0&multipliers=1&ema=0',
  'dataset=all16&weighting=elbo&autostart=0&batch=1024',
];

/** In the built page: what a link may lead to by name, widgets and equations. */
const namesIn = (html) => [
  ...new Set([...html.matchAll(/ id="(eq-[^"]+|[^"]+(?=-title"))/g)].map(([, id]) => id)),
];

/** Serves dist/ while `use` has its address. */
async function withSite(use) {
  const server = spawn(process.execPath, ['scripts/serve.mjs', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    for await (const line of createInterface({ input: server.stdout })) {
      const site = /http:\/\/\S+/.exec(line)?.[0];
      if (site) return await use(site);
    }
  } finally {
    server.kill();
  }
}

export const followLinks = (sources) =>
  withSite(async (site) => {
    const { controlsOf } = await sources.load('/tests/e2e/support/controls.ts');
    const { parseSettings } = await sources.load('/src/components/trainer/settings.ts');
    const { runOf, sampleRequestOf } = await sources.load('/src/components/trainer/runConfig.ts');
    const { runKey } = await sources.load('/src/lib/worker/runConfig.ts');
    const browser = await launcher.launch(chromium);
    const page = await browser.newPage();
    /** What `selector` holds once the page has read its address, a moment after it wakes. */
    const shown = async (address, selector) => {
      await page.goto(`${site}${address}`);
      await page.locator(selector).waitFor();
      await page.waitForTimeout(1500);
      const faults = await page.getByRole('alert').allTextContents();
      if (faults.length) throw new Error(`${address}: ${faults.join(' ')}`);
      const controls = (await page.locator(selector).evaluate(controlsOf)).map((row) =>
        row.slice(0, 2),
      );
      console.log(address, JSON.stringify(controls));
      return controls;
    };
    const widgets = [];
    for (const [widget, queries] of Object.entries(WIDGETS))
      for (const query of queries) {
        const address = `embed/${widget}/?${queryOf(widget, query)}`;
        widgets.push({ widget, address, controls: await shown(address, `#${widget}`) });
      }
    const labs = [];
    for (const query of LABS) {
      const address = `lab/?${query}`;
      const { settings, autostart, problems } = parseSettings(new URLSearchParams(query));
      if (problems.length) throw new Error(problems.join(' '));
      const run = runOf(settings);
      const request = sampleRequestOf(settings);
      const controls = await shown(address, 'main');
      labs.push({ address, settings, autostart, run, name: runKey(run), request, controls });
    }
    await browser.close();
    const map = await (await fetch(`${site}sitemap-0.xml`)).text();
    const pages = {};
    for (const [, path] of map.matchAll(/<loc>https?:\/\/[^/<]+\/([^<]*)<\/loc>/g))
      pages[path] = namesIn(await (await fetch(`${site}${path}`)).text());
    return { widgets, labs, pages };
  });
