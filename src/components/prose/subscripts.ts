/** Text with subscripts, x_T and x_{t−1}, as pieces in turn: only a brace right behind an underscore is one of them. */
export const subscripts = (text: string): { text: string; low: boolean }[] =>
  text
    .split(/_(\{[^}]*\}|\w)/)
    .map((part, i) =>
      i % 2 === 1 ? { text: part.replace(/^\{|\}$/g, ''), low: true } : { text: part, low: false },
    )
    .filter((piece) => piece.text !== '');
