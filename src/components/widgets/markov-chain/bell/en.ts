import { inEnglish } from '../../../language/inEnglish.ts';
import Bell from './Bell.tsx';
import { en } from './words.ts';

export default inEnglish(Bell, en);
