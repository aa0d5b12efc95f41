import { inEnglish } from '../../../language/inEnglish.ts';
import { en } from '../../plane/words.ts';
import PlaneMotion from './PlaneMotion.tsx';

export default inEnglish(PlaneMotion, en);
