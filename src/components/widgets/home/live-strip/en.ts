import { inEnglish } from '../../../language/inEnglish.ts';
import LiveStrip from './LiveStrip.tsx';

export default inEnglish(LiveStrip);
