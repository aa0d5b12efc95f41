import { inEnglish } from '../../../language/inEnglish.ts';
import TrainedWidth from './TrainedWidth.tsx';
import { en } from './words.ts';

export default inEnglish(TrainedWidth, en);
