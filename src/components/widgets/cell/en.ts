import { inEnglish } from '../../language/inEnglish.ts';
import Cell from './Cell.tsx';
import { en } from './words.ts';

export default inEnglish(Cell, en);
