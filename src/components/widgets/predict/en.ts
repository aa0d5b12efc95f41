import { withWords } from '../../language/withWords.tsx';
import Predict from './Predict.tsx';
import { en } from './words.ts';

export default withWords(Predict, en);
