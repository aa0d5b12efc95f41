import { inEnglish } from '../../../language/inEnglish.ts';
import WidthDial from './WidthDial.tsx';
import { en } from './words.ts';

export default inEnglish(WidthDial, en);
