import { inEnglish } from '../../../language/inEnglish.ts';
import FourPixels from './FourPixels.tsx';

export default inEnglish(FourPixels);
