import { inEnglish } from '../../../language/inEnglish.ts';
import ShapeTrace from './ShapeTrace.tsx';
import { en } from './words.ts';

export default inEnglish(ShapeTrace, en);
