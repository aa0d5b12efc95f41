import { withWords } from '../../../language/withWords.tsx';
import LiveStrip from './LiveStrip.tsx';
import { en } from './words.ts';

export default withWords(LiveStrip, en);
