import { inEnglish } from '../../../language/inEnglish.ts';
import Arena from './Arena.tsx';
import { en } from './words.ts';

export default inEnglish(Arena, en);
