import { inEnglish } from '../../../language/inEnglish.ts';
import KLFitter from './KLFitter.tsx';
import { en } from './words.ts';

export default inEnglish(KLFitter, en);
