import { inChinese } from '../../../language/inChinese.ts';
import { zh } from '../../plane/words.zh.ts';
import PlaneMotion from './PlaneMotion.tsx';

export default inChinese(PlaneMotion, zh);
