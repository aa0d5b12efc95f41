import { en } from '../controls/words.ts';
import { speaking } from './speaking.tsx';

/** An English island: `inEnglish(Ink, en)`, the default export of `ink/en.ts`. */
export const inEnglish = speaking({ language: 'en', controls: en });
