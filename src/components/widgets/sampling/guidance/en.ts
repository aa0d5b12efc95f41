import { inEnglish } from '../../../language/inEnglish.ts';
import Guidance from './Guidance.tsx';
import { en } from './words.ts';

export default inEnglish(Guidance, en);
