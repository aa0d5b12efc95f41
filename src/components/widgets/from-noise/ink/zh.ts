import { inChinese } from '../../../language/inChinese.ts';
import Ink from './Ink.tsx';
import { zh } from './words.zh.ts';

export default inChinese(Ink, zh);
