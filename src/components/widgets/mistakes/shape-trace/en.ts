import { inEnglish } from '../../../language/inEnglish.ts';
import ShapeTrace from './ShapeTrace.tsx';

export default inEnglish(ShapeTrace);
