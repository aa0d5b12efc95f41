// Before all else, and on its own: what could not be fetched or did not start is said where it is missed.
(() => {
  const FETCH = /dynamically imported module|importing a module script|preload CSS|module script failed/i;
  const NOT_FETCHED = 'could not be fetched. The connection may be gone, or the book was renewed since this page was opened.';
  const RELOAD = 'Settings stand in the address, and what is kept in this browser stays: reload the page to try again.';

  function notice(text) {
    const box = document.createElement('div');
    box.className = 'error missing';
    box.setAttribute('role', 'alert');
    const words = document.createElement('p');
    words.textContent = text;
    const again = document.createElement('button');
    again.type = 'button';
    again.className = 'button small';
    again.textContent = 'Reload the page';
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
      ? `its program ${NOT_FETCHED}`
      : `its program stopped (${messageOf(event.detail.error)}).`;
    island.before(notice(`What follows is only a picture: ${why} ${RELOAD}`));
  });
  addEventListener('unhandledrejection', (event) => {
    if (FETCH.test(messageOf(event.reason))) tell(`A part of this page ${NOT_FETCHED} ${RELOAD}`);
  });
  // Scripts and styles of the page itself: their errors do not bubble.
  addEventListener(
    'error',
    ({ target }) => {
      const search = document.getElementById('search');
      if (target instanceof HTMLScriptElement && search && /pagefind|search/.test(target.src))
        search.replaceChildren(notice(`The search ${NOT_FETCHED} ${RELOAD}`));
      else if (target instanceof HTMLScriptElement || (target instanceof HTMLLinkElement && target.rel === 'stylesheet'))
        tell(`A part of this page ${NOT_FETCHED} ${RELOAD}`);
    },
    true,
  );
})();
