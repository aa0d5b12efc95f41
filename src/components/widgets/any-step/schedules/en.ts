import { inEnglish } from '../../../language/inEnglish.ts';
import Schedules from './Schedules.tsx';
import { en } from './words.ts';

export default inEnglish(Schedules, en);
