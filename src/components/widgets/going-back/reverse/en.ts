import { inEnglish } from '../../../language/inEnglish.ts';
import ReverseKernel from './ReverseKernel.tsx';
import { en } from './words.ts';

export default inEnglish(ReverseKernel, en);
