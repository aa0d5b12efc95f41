import { inEnglish } from '../../../language/inEnglish.ts';
import FourPixels from './FourPixels.tsx';
import { en } from './words.ts';

export default inEnglish(FourPixels, en);
