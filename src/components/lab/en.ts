import { inEnglish } from '../language/inEnglish.ts';
import Lab from './Lab.tsx';

export default inEnglish(Lab);
