import { withWords } from '../../language/withWords.tsx';
import Predict from './Predict.tsx';
import { zh } from './words.zh.ts';

export default withWords(Predict, zh);
