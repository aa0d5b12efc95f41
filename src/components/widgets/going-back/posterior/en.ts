import { inEnglish } from '../../../language/inEnglish.ts';
import PosteriorLine from './PosteriorLine.tsx';

export default inEnglish(PosteriorLine);
