export interface Term {
  term: string;
  zh: string;
  symbol?: string;
  /** One sentence. */
  meaning: string;
  /** The chapter that explains it. */
  chapter: string;
}
