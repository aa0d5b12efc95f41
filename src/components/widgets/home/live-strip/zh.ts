import { withWords } from '../../../language/withWords.tsx';
import LiveStrip from './LiveStrip.tsx';
import { zh } from './words.zh.ts';

export default withWords(LiveStrip, zh);
