/**
 * A chapter before it is printed. At once, and by whatever way printing began: folds are opened, addresses of widgets and the
 * answers of questions are written for paper. Through the chapter's own button, or its key, widgets that have not been
 * looked at yet are woken first, so that their plots are drawn.
 */
/** A page of A4 between its margins, in px at the size of text on paper (10.5pt). */
const PAGE_WIDTH = 660;
const PAPER_TEXT = 14;
/** Longest wait in which no further widget wakes or draws, in ms: then the chapter is printed as it is. */
const PATIENCE = 15_000;

/** What does not show itself before it is awake: printed by the browser's own menu, which waits for nothing, it stays empty. */
const DRAWN_AWAKE = 'canvas, .plot .placeholder';

const made: Element[] = [];
const opened: HTMLDetailsElement[] = [];

const element = (tag: string, text: string): HTMLElement => {
  const one = document.createElement(tag);
  one.className = 'on-paper';
  one.textContent = text;
  made.push(one);
  return one;
};

/** Under each widget where it lives, and why it is empty where it is. */
function addAddresses(article: HTMLElement): void {
  for (const widget of article.querySelectorAll('.widget[id]')) {
    const { origin, pathname } = location;
    if (
      (widget.closest('astro-island[ssr]') && widget.querySelector(DRAWN_AWAKE)) ||
      widget.querySelector('[aria-busy="true"]')
    )
      widget.append(element('p', article.dataset.asleep ?? ''));
    widget.append(element('p', `${origin}${pathname}#${widget.id}`));
  }
}

/** All answers, each under its question, at the end of the chapter. */
function addAnswers(article: HTMLElement): void {
  const questions = [...article.querySelectorAll('.predict')];
  if (questions.length === 0) return;
  const section = element('section', '');
  section.classList.add('answers');
  const heading = document.createElement('h2');
  heading.textContent = article.dataset.answers ?? '';
  section.append(heading);
  for (const question of questions) {
    const [asked, answer] = ['form > p', '.answer'].map((part) => question.querySelector(part));
    if (!asked || !answer) continue;
    const entry = document.createElement('div');
    const strong = document.createElement('strong');
    const number = question.querySelector('.label > a')?.textContent;
    if (number) strong.append(`${number}. `);
    strong.append(...asked.cloneNode(true).childNodes);
    const line = document.createElement('p');
    line.append(strong);
    entry.append(line, ...answer.cloneNode(true).childNodes);
    for (const copy of entry.querySelectorAll('[id]')) copy.removeAttribute('id');
    section.append(entry);
  }
  const works = article.querySelector('.references');
  const title = works?.previousElementSibling;
  const end = title?.matches('h2') ? title : works;
  if (end) end.before(section);
  else article.append(section);
}

/** How much smaller a long formula must be set to fit on the page. */
function fitFormulas(article: Element): void {
  for (const formula of article.querySelectorAll<HTMLElement>('.katex-display')) {
    const parts = [...formula.querySelectorAll('.katex-html > .base, .katex-html > .tag')];
    const screen = Number.parseFloat(getComputedStyle(formula).fontSize);
    const width = parts.reduce((sum, part) => sum + part.getBoundingClientRect().width, 0);
    const fit = PAGE_WIDTH / ((width / screen) * PAPER_TEXT);
    if (fit < 1) formula.style.setProperty('--fit', fit.toFixed(3));
  }
}

function openFolds(): void {
  const folds = document.querySelectorAll<HTMLDetailsElement>('.prose details:not([open])');
  for (const fold of folds) {
    fold.open = true;
    opened.push(fold);
  }
}

function before(): void {
  const article = document.querySelector<HTMLElement>('article.prose');
  if (!article || made.length > 0) return;
  openFolds();
  fitFormulas(article);
  addAddresses(article);
  addAnswers(article);
}

function after(): void {
  for (const one of made.splice(0)) one.remove();
  for (const fold of opened.splice(0)) fold.open = false;
}

/** Plots that are not drawn yet, and widgets that are still computing what they show. */
const UNDRAWN = '.prose .plot .placeholder, .prose .widget [aria-busy="true"]';
const asleep = () => document.querySelectorAll('.prose astro-island[ssr]');
const frame = () => new Promise(requestAnimationFrame);

/** Brings what is asleep on screen, one after the other, until all is awake and drawn. */
export async function wakeAll(): Promise<void> {
  const place = scrollY;
  let turn = 0;
  let last = Number.NaN;
  for (let end = 0; ; await frame()) {
    const left = asleep();
    const waiting = left.length + document.querySelectorAll(UNDRAWN).length;
    // More is progress too: what has woken has a plot to draw.
    if (waiting !== last) {
      last = waiting;
      end = performance.now() + PATIENCE;
    }
    if (waiting === 0 || performance.now() > end) break;
    // Each in turn, so that one that cannot be fetched keeps no other asleep. The island itself has no box.
    if (left.length > 0)
      left[turn++ % left.length].firstElementChild?.scrollIntoView({
        block: 'center',
        behavior: 'instant',
      });
  }
  // What has just been computed takes a moment to be drawn.
  await new Promise((resolve) => setTimeout(resolve, 300));
  scrollTo({ top: place, behavior: 'instant' });
}

/** In light colours, for canvases too, which know of no paper. */
async function printWhole(): Promise<void> {
  const root = document.documentElement;
  const { theme } = root.dataset;
  const paint = (as: string | undefined) => {
    if (as) root.dataset.theme = as;
    else delete root.dataset.theme;
    dispatchEvent(new Event('themechange'));
  };
  paint('light');
  // Now, not when printing begins: letters that only a fold has are fetched when it opens, and paper does not wait for them.
  openFolds();
  await wakeAll();
  await document.fonts.ready;
  addEventListener('afterprint', () => paint(theme), { once: true });
  print();
}

export function preparePrinting(): void {
  addEventListener('beforeprint', before);
  addEventListener('afterprint', after);
  addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'p' || !(event.ctrlKey || event.metaKey)) return;
    if (event.shiftKey || event.altKey || event.defaultPrevented) return;
    event.preventDefault();
    void printWhole();
  });
  document.querySelector('.print-chapter')?.addEventListener('click', () => void printWhole());
}
