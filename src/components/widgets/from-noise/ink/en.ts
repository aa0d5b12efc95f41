import { inEnglish } from '../../../language/inEnglish.ts';
import Ink from './Ink.tsx';
import { en } from './words.ts';

export default inEnglish(Ink, en);
