import { inEnglish } from '../../../language/inEnglish.ts';
import Sampler from './Sampler.tsx';

export default inEnglish(Sampler);
