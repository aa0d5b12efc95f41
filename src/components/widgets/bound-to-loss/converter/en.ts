import { inEnglish } from '../../../language/inEnglish.ts';
import Converter from './Converter.tsx';
import { en } from './words.ts';

export default inEnglish(Converter, en);
