import { inEnglish } from '../../../language/inEnglish.ts';
import KLFitter from './KLFitter.tsx';

export default inEnglish(KLFitter);
