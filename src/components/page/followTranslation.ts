/**
 * Page translators put a <font> with their words in the place of a text node. A widget goes on writing into its own node,
 * which is no longer in the page: the words stand still. So the node is put back, empty, before the translator's; when it is
 * written to it speaks again, and the translator's words go, to be translated anew.
 */
interface Pair {
  font: Element;
  /** What the node said when it was translated. */
  words: string;
}

const LIVE = 'astro-island, #search';

export function followTranslation(root: Node = document.body): void {
  const pairs = new WeakMap<Node, Pair>();
  const texts = new WeakMap<Element, Text>();
  /** Emptied here: the next record of such a node is our own. */
  const emptied = new WeakSet<Node>();
  const part = (text: Text) => {
    const pair = pairs.get(text);
    pairs.delete(text);
    if (pair) texts.delete(pair.font);
    return pair;
  };

  const replaced = (text: Text, font: Element) => {
    if (!text.data.trim() || text.isConnected || !font.parentElement?.closest(LIVE)) return;
    pairs.set(text, { font, words: text.data });
    texts.set(font, text);
    font.before(text);
    emptied.add(text);
    text.data = '';
  };

  const changed = (record: MutationRecord) => {
    if (record.type === 'characterData') {
      // Written to by its widget: its own words count.
      if (!emptied.delete(record.target)) part(record.target as Text)?.font.remove();
      return;
    }
    const fonts = [...record.addedNodes, record.previousSibling, record.nextSibling].filter(
      (node): node is Element => node instanceof Element && node.localName === 'font',
    );
    for (const gone of record.removedNodes) {
      if (gone instanceof Text) {
        const font = fonts.find((one) => one.isConnected && !texts.has(one));
        if (!pairs.has(gone) && font) replaced(gone, font);
        // Taken away by its widget: the translation of it goes too.
        else if (!gone.isConnected) part(gone)?.font.remove();
      } else if (gone instanceof Element && texts.has(gone) && !gone.isConnected) {
        // The translator took its words back: the node says its own.
        const text = texts.get(gone) as Text;
        const pair = part(text);
        if (pair && text.isConnected && !text.data) text.data = pair.words;
      }
    }
  };

  new MutationObserver((records) => records.forEach(changed)).observe(root, {
    childList: true,
    characterData: true,
    subtree: true,
  });
}
