import { inEnglish } from '../language/inEnglish.ts';
import Bench from './Bench.tsx';

export default inEnglish(Bench);
