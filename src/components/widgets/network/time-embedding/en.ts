import { inEnglish } from '../../../language/inEnglish.ts';
import TimeEmbedding from './TimeEmbedding.tsx';
import { en } from './words.ts';

export default inEnglish(TimeEmbedding, en);
