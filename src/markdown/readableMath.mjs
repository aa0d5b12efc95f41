/**
 * KaTeX's MathML as a line of text that can be read and searched: x_t, x_{t−1}, √(1−β_t), (a)/(b), ᾱ_t.
 * A formula's letters alone would run together. Only what KaTeX writes is understood: presentation MathML, well formed.
 */

/** Marks over a letter, as they stand in MathML, and the characters that put them there in text. */
const ACCENTS = {
  '^': '\u0302',
  ˉ: '\u0304',
  '¯': '\u0304',
  '~': '\u0303',
  '⃗': '\u20d7',
  '˙': '\u0307',
};
/** Braces over or under an expression: what they are labelled with follows in brackets. */
const BRACES = new Set(['⏟', '⏞']);
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", nbsp: ' ' };
const plain = (text) => text.replace(/&(#?\w+);/g, (whole, name) => ENTITIES[name] ?? whole);

/** A tree of [name, children] and texts. */
function parse(mathml) {
  const root = ['root', []];
  const open = [root];
  for (const [, end, name, closed, text] of mathml.matchAll(
    /<(\/?)([\w-]+)[^>]*?(\/?)>|([^<]+)/g,
  )) {
    const here = open.at(-1);
    if (text !== undefined) here[1].push(plain(text));
    else if (end) open.pop();
    else {
      const node = [name, []];
      here[1].push(node);
      if (!closed) open.push(node);
    }
  }
  return root;
}

/** One letter with its mark, its index and its exponent: it needs no brackets in a fraction or under a root. */
const SYMBOL = /^.[\u0300-\u036f]?(_(.|\{[^}]*\}))?(\^.)?$/u;
const bracketed = (text) => (SYMBOL.test(text.trim()) ? text.trim() : `(${text.trim()})`);
/** What stands below or above a letter: close together, in braces where it is more than one sign. */
function script(text) {
  const close = text.trim().replace(/ ([=:+|∼]) /g, '$1');
  return [...close].length > 1 ? `{${close}}` : close;
}
const OPERATORS = new Set(['∑', '∏', '∫']);

function read(node) {
  if (typeof node === 'string') return node;
  const [name, children] = node;
  const parts = () => children.map(read);
  switch (name) {
    case 'annotation':
      return '';
    case 'msub':
    case 'msup': {
      const [base, index] = parts();
      if (index === '') return base;
      const after = OPERATORS.has(base.trim()) ? ' ' : '';
      return `${base.trimEnd()}${name === 'msub' ? '_' : '^'}${script(index)}${after}`;
    }
    case 'munder':
    case 'mover':
    case 'munderover':
    case 'msubsup': {
      const [base, low, high] = parts();
      if (name === 'mover' && ACCENTS[low]) return `${base}${ACCENTS[low]}`.normalize('NFC');
      if (BRACES.has(low)) return base;
      if (name === 'munder' && base.length > 1) return `${base} [${low}]`;
      if (name === 'mover') return `${base}^${script(low)}`;
      const after = OPERATORS.has(base.trim()) ? ' ' : '';
      return `${base}_${script(low)}${high ? `^${script(high)}` : ''}${after}`;
    }
    case 'mfrac': {
      const [top, bottom] = parts();
      return `${bracketed(top)}/${bracketed(bottom)}`;
    }
    case 'msqrt':
      return `√${bracketed(parts().join(''))}`;
    case 'mtr':
      return `${parts().join(' ')}; `;
    case 'mtext':
      return ` ${parts().join('')} `;
    case 'mspace':
      return ' ';
    case 'mi': {
      const letters = parts().join('');
      // log, sin and min are words among letters.
      return letters.length > 1 ? ` ${letters}` : letters;
    }
    case 'mo': {
      const sign = parts().join('').trim().replace('∣', '|');
      if (sign === '\u2061') return ' ';
      // Relations and sums of terms breathe; brackets, primes and commas stay close.
      return /^[=≤≥<>≈≠∼∝→←|∥≪≫:+⋅×]+$/.test(sign) ? ` ${sign} ` : sign === ',' ? ', ' : sign;
    }
    default:
      return parts().join('');
  }
}

/** @param {string} mathml one `<math>` element. @returns {string} */
export const readableMath = (mathml) =>
  read(parse(mathml))
    .replace(/[\u2062-\u2064\u200b]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/: =/g, ':=')
    .replace(/([([]) /g, '$1')
    .replace(/ ([)\],;^])/g, '$1')
    .replace(/(log|sin|cos|exp|min|max) \(/g, '$1(')
    .replace(/,;/g, ',')
    .replace(/;\s*$/, '')
    .trim();
