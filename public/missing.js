// Before all else, and on its own: what could not be fetched or did not start is said where it is missed.
(() => {
  const FETCH = /dynamically imported module|importing a module script|preload CSS|module script failed/i;
  // Pages in another language bring theirs (src/lib/words/ui.ts).
  const say = {
    program: 'What follows is only a picture: its program ',
    part: 'A part of this page ',
    search: 'The search ',
    notFetched: 'could not be fetched. The connection may be gone, or the book was renewed since this page was opened. ',
    stopped: ['stopped (', '). '],
    advice: 'Settings stand in the address, and what is kept in this browser stays: reload the page to try again.',
    reload: 'Reload the page',
    ...JSON.parse(document.currentScript?.dataset.words ?? '{}'),
  };

  function notice(text) {
    const box = document.createElement('div');
    box.className = 'error missing';
    box.setAttribute('role', 'alert');
    const words = document.createElement('p');
    words.textContent = text;
    const again = document.createElement('button');
    again.type = 'button';
    again.className = 'button small';
    again.textContent = say.reload;
    again.addEventListener('click', () => location.reload());
    box.append(words, again);
    return box;
  }

  // A part that is no island of its own: said once, at the foot of the window.
  let told = false;
  function tell(text) {
    if (told || !document.body) return;
    told = true;
    const box = notice(text);
    box.classList.add('foot-notice');
    document.body.append(box);
  }

  const messageOf = (error) => String(error?.message ?? error);
  addEventListener('astro:hydration-error', (event) => {
    const island = event.target;
    if (island.previousElementSibling?.classList.contains('missing')) return;
    const why = FETCH.test(messageOf(event.detail.error))
      ? say.notFetched
      : say.stopped.join(messageOf(event.detail.error));
    island.before(notice(say.program + why + say.advice));
  });
  addEventListener('unhandledrejection', (event) => {
    if (FETCH.test(messageOf(event.reason))) tell(say.part + say.notFetched + say.advice);
  });
  // Scripts and styles of the page itself: their errors do not bubble.
  addEventListener(
    'error',
    ({ target }) => {
      const search = document.getElementById('search');
      if (target instanceof HTMLScriptElement && search && /pagefind|search/.test(target.src))
        search.replaceChildren(notice(say.search + say.notFetched + say.advice));
      else if (target instanceof HTMLScriptElement || (target instanceof HTMLLinkElement && target.rel === 'stylesheet'))
        tell(say.part + say.notFetched + say.advice);
    },
    true,
  );
})();
