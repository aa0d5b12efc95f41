import { inEnglish } from '../../../language/inEnglish.ts';
import Sampler from './Sampler.tsx';
import { en } from './words.ts';

export default inEnglish(Sampler, en);
