import { inEnglish } from '../../../language/inEnglish.ts';
import AnyStep from './AnyStep.tsx';
import { en } from './words.ts';

export default inEnglish(AnyStep, en);
