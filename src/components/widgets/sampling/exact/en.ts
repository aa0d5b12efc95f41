import { inEnglish } from '../../../language/inEnglish.ts';
import ExactSampler from './ExactSampler.tsx';

export default inEnglish(ExactSampler);
