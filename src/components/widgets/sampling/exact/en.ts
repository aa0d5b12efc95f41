import { inEnglish } from '../../../language/inEnglish.ts';
import ExactSampler from './ExactSampler.tsx';
import { en } from './words.ts';

export default inEnglish(ExactSampler, en);
