/** On the home page: what was read, how many questions were answered, and the way back to where the reader was. */
import { filled, pageWords } from '../page/pageWords.ts';
import { forgetMarks, readProgress } from '../page/progress.ts';
import { goOnFrom } from './goOn.ts';

const say = pageWords();

function show(): void {
  const progress = readProgress();
  const rows = [...document.querySelectorAll<HTMLElement>('#contents [data-chapter]')];
  for (const row of rows) {
    const chapter = row.dataset.chapter ?? '';
    const asked = row.querySelector<HTMLElement>('.asked');
    const mark = row.querySelector<HTMLElement>('.read');
    if (mark) mark.hidden = !progress.read.includes(chapter);
    if (!asked) continue;
    const of = Number(asked.dataset.questions);
    const count = Math.min(of, Object.keys(progress.answered[chapter] ?? {}).length);
    asked.dataset.first ??= asked.textContent ?? '';
    asked.textContent = count > 0 ? filled(say.answered, { count, of }) : asked.dataset.first;
  }
  const line = document.querySelector<HTMLElement>('.go-on');
  if (!line) return;
  line.dataset.first ??= line.textContent ?? '';
  const chapters = rows.map(({ dataset }) => ({
    slug: dataset.chapter ?? '',
    number: Number(dataset.number),
    title: dataset.title ?? '',
  }));
  const to = goOnFrom(progress, chapters);
  if (!to) {
    line.textContent = line.dataset.first;
    return;
  }
  const row = rows.find(({ dataset }) => dataset.chapter === to.slug);
  const link = document.createElement('a');
  link.href = `${row?.querySelector('a')?.href ?? ''}${to.section && `#${to.section}`}`;
  link.textContent = filled(to.next ? say.goOnNext : say.goOn, {
    chapter: to.number,
    title: to.title,
  });
  const forget = document.createElement('button');
  forget.type = 'button';
  forget.className = 'icon-button forget';
  forget.textContent = '×';
  forget.setAttribute('aria-label', say.forget);
  forget.title = say.forget;
  forget.addEventListener('click', () => {
    forgetMarks();
    show();
  });
  line.replaceChildren(link, ' ', forget);
}

show();
addEventListener('pageshow', ({ persisted }) => persisted && show());
addEventListener('storage', show);
