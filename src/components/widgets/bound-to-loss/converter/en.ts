import { inEnglish } from '../../../language/inEnglish.ts';
import Converter from './Converter.tsx';

export default inEnglish(Converter);
