import { inChinese } from '../../language/inChinese.ts';
import Cell from './Cell.tsx';
import { zh } from './words.zh.ts';

export default inChinese(Cell, zh);
