import { inEnglish } from '../../../language/inEnglish.ts';
import Reflow from './Reflow.tsx';
import { en } from './words.ts';

export default inEnglish(Reflow, en);
