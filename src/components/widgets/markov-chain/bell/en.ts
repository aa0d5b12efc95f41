import { inEnglish } from '../../../language/inEnglish.ts';
import Bell from './Bell.tsx';

export default inEnglish(Bell);
