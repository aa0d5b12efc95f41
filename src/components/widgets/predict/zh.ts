import { inChinese } from '../../language/inChinese.ts';
import Predict from './Predict.tsx';
import { zh } from './words.zh.ts';

export default inChinese(Predict, zh);
