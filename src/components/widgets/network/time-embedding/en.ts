import { inEnglish } from '../../../language/inEnglish.ts';
import TimeEmbedding from './TimeEmbedding.tsx';

export default inEnglish(TimeEmbedding);
