/** KaTeX sets a numbered formula as a table of one row: space, formula, space, number. */
const NUMBERED =
  /<mtable width="100%"><mtr><mtd width="50%"><\/mtd><mtd>(.*)<\/mtd><mtd width="50%"><\/mtd><mtd>.*?<\/mtd><\/mtr><\/mtable>(?=<annotation)/s;

const escaped = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** The `<math>` element of a page as it may leave it: without the number, its source in plain LaTeX. */
export const mathMlOf = (math: string, latex: string): string =>
  math
    .replace(NUMBERED, '$1')
    .replace(
      /<annotation[^>]*>.*?<\/annotation>/s,
      () => `<annotation encoding="application/x-tex">${escaped(latex)}</annotation>`,
    );
