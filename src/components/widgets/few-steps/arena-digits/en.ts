import { inEnglish } from '../../../language/inEnglish.ts';
import ArenaDigits from './ArenaDigits.tsx';
import { en } from './words.ts';

export default inEnglish(ArenaDigits, en);
