import { inEnglish } from '../../../language/inEnglish.ts';
import PosteriorLine from './PosteriorLine.tsx';
import { en } from './words.ts';

export default inEnglish(PosteriorLine, en);
