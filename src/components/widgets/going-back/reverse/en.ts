import { inEnglish } from '../../../language/inEnglish.ts';
import ReverseKernel from './ReverseKernel.tsx';

export default inEnglish(ReverseKernel);
