import { inEnglish } from '../language/inEnglish.ts';
import Lab from './Lab.tsx';
import { en } from './words.ts';

export default inEnglish(Lab, en);
