import { inEnglish } from '../language/inEnglish.ts';
import StageLine from './StageLine.tsx';
import { en } from './words.ts';

export default inEnglish(StageLine, en);
