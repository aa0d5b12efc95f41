export const en = {
  title: 'A clock of 64 waves',
  caption:
    'Left: one column for each t, one row for each of its 64 numbers, from −1 (brown) to 1 (violet). Right: the likeness of two times is the cosine of the angle between their lists, 1 for the same time. Fast waves tell neighbours apart, slow ones early from late.',
  mapTitle: 'Embedding of every t',
  mapSummary: (rows: number, T: number, t: number) =>
    `Rows are ${rows} components, columns the times 1 to ${T}. The first rows swing many times, the last hardly move. The cursor stands at t = ${t}.`,
  likenessTitle: 'Likeness of t′ to t',
  likenessSummary: (t: number, ten: string, twoHundred: string) =>
    `The cosine between the embeddings of t = ${t} and t′: 1 at t, ${ten} ten steps on, ${twoHundred} two hundred steps on.`,
  axes: { component: 'component', likeness: 'likeness' },
};
export type TimeEmbeddingWords = typeof en;
