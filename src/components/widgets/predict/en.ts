import { inEnglish } from '../../language/inEnglish.ts';
import Predict from './Predict.tsx';
import { en } from './words.ts';

export default inEnglish(Predict, en);
